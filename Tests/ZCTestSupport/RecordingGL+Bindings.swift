import ZCCore
package import ZCGL

extension RecordingGL {
  package func bindings(units: Int32) -> GLBindings {
    call("bindings") { state in
      let size = state.viewport
      return GLBindings(
        program: state.program, framebuffer: state.framebuffer,
        viewport: SIMD4(0, 0, size?.width ?? 0, size?.height ?? 0),
        textures: (0..<units).map { state.units[$0] ?? 0 })
    }
  }
}
