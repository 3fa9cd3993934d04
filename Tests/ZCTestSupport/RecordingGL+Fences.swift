package import ZCGL

extension RecordingGL {
  package func insertFence() -> UInt? {
    call("insertFence") { state in
      guard state.loss == nil else { return nil }
      state.lastFence += 1
      state.fences.insert(state.lastFence)
      if !state.holdsFences { state.signaled.insert(state.lastFence) }
      state.calls.append(.insertFence(state.lastFence))
      return state.lastFence
    }
  }

  package func fenceState(_ fence: UInt) -> FenceState {
    call("fenceState") { state in
      guard state.fences.contains(fence) else {
        state.object("fence \(fence) was asked for and does not live")
        return .failed
      }
      if state.loss != nil || state.failedFences.contains(fence) { return .failed }
      return state.signaled.contains(fence) ? .signaled : .pending
    }
  }

  package func wait(for fence: UInt, atMost patience: Duration) {
    call("wait") { state in
      state.calls.append(.waitForFence(fence))
      if !state.isHung, !state.failedFences.contains(fence) { state.signaled.insert(fence) }
    }
  }

  package func deleteFence(_ fence: UInt) {
    call("deleteFence") { state in
      state.calls.append(.deleteFence(fence))
      if state.fences.remove(fence) == nil {
        state.object("fence \(fence) was deleted twice, or never made")
      }
    }
  }
}
