import ZCCore

extension RecordingGL {
  package var calls: [GLCall] { state.withLock { $0.calls } }
  package var draws: [Draw] { state.withLock { $0.draws } }
  package var objections: [String] { state.withLock { $0.objections } }

  /// The calls that `body` led to.
  package func calls<E: Error>(during body: () throws(E) -> Void) throws(E) -> [GLCall] {
    let known = calls.count
    try body()
    return Array(calls.dropFirst(known))
  }

  /// The textures that live, in the order they were made.
  package var liveTextures: [UInt32] { state.withLock { $0.textures.keys.sorted() } }
  /// Textures, framebuffers, programs and fences that live.
  package var liveNames: Int {
    state.withLock {
      $0.textures.count + $0.framebuffers.count + $0.programs.count + $0.fences.count
    }
  }
  package var liveFences: [UInt] { state.withLock { $0.fences.sorted() } }
  package var livePrograms: [UInt32] { state.withLock { $0.programs.keys.sorted() } }

  /// What a texture shows; nil when it does not live.
  package func picture(of texture: UInt32) -> Picture? {
    state.withLock { $0.textures[texture]?.picture }
  }

  /// From now on fences stay pending until they are signalled.
  package func holdFences() { state.withLock { $0.holdsFences = true } }

  /// The GPU has come past these fences.
  package func signal(_ fences: [UInt]) { state.withLock { $0.signaled.formUnion(fences) } }

  /// The GPU has come past all there is.
  package func signalAll() { signal(liveFences) }

  /// The context is lost from now on.
  package func lose(_ reason: String) { state.withLock { $0.loss = reason } }

  /// Textures fail from now on, after `count` more; nil heals.
  package func failTextures(_ fault: RecordedState.Fault?, after count: Int = 0) {
    state.withLock { state in
      state.fault = fault
      state.texturesBeforeFault = count
    }
  }

  /// Programs are refused from now on; nil accepts them again.
  package func refusePrograms(_ refusal: RecordedState.Refusal?) {
    state.withLock { $0.refusal = refusal }
  }

  /// GL reports these codes next.
  package func fail(with codes: [UInt32]) { state.withLock { $0.pendingErrors += codes } }
}
