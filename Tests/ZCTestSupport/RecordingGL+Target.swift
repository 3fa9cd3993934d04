package import ZCCore
package import ZCGL

extension RecordingGL {
  /// The host has nothing bound that can be drawn into.
  package func unbindHostFramebuffer() {
    state.withLock { state in
      state.hostTarget = DrawTarget(
        framebuffer: 0, viewport: Viewport(x: 0, y: 0, width: 1, height: 1), limit: (1, 1),
        problem: "nothing is bound")
    }
  }

  /// The host makes a framebuffer of its own and binds it.
  /// - Returns: the texture that it draws into.
  @discardableResult
  package func bindHostFramebuffer(_ extent: Extent) -> UInt32 {
    state.withLock { state in
      let texture = state.newName()
      state.textures[texture] = RecordedState.Surface(extent: extent, format: .rgba8)
      let framebuffer = state.newName()
      state.framebuffers[framebuffer] = texture
      state.hostTarget = DrawTarget(
        framebuffer: framebuffer,
        viewport: Viewport(x: 0, y: 0, width: extent.width, height: extent.height),
        limit: (4096, 4096))
      return texture
    }
  }

  package func boundTarget() -> DrawTarget {
    call("boundTarget") { state in
      if !isBorrowed { state.object("a context of our own was asked what its host draws into") }
      return state.hostTarget
    }
  }

  package func bindTarget(_ target: DrawTarget, _ part: Viewport) {
    call("bindTarget") { state in
      if target.framebuffer != state.hostTarget.framebuffer || target.problem != nil {
        state.object("drawing into a framebuffer that the host has not bound")
      }
      guard let texture = state.framebuffers[target.framebuffer] else { return }
      state.framebuffer = target.framebuffer
      // A part is drawn over as the whole is.
      state.viewport = state.textures[texture]?.extent
      state.parts.append(part)
    }
  }
}
