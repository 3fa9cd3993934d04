import CGLES

/// What GL has bound: for whoever looks into a failure.
package struct GLBindings: Hashable, Sendable {
  package let program: UInt32
  /// That is drawn into.
  package let framebuffer: UInt32
  /// Its left and bottom edge, width and height.
  package let viewport: SIMD4<Int32>
  /// The textures of the first units, in order.
  package let textures: [UInt32]

  package init(program: UInt32, framebuffer: UInt32, viewport: SIMD4<Int32>, textures: [UInt32]) {
    self.program = program
    self.framebuffer = framebuffer
    self.viewport = viewport
    self.textures = textures
  }

  package var words: String {
    let units = textures.enumerated().map { "unit \($0): \($1)" }
    return "GL has program \(program), framebuffer \(framebuffer), viewport \(viewport.x) "
      + "\(viewport.y) \(viewport.z) \(viewport.w)" + units.map { ", " + $0 }.joined()
  }
}

extension EGLDriver {
  package func bindings(units: Int32) -> GLBindings {
    func integer(_ name: Int32) -> Int32 {
      var value: GLint = 0
      unsafe gl.getIntegerv(GLenum(name), &value)
      return value
    }
    var viewport = [GLint](repeating: 0, count: 4)
    unsafe gl.getIntegerv(GLenum(GL_VIEWPORT), &viewport)
    let active = GLenum(bitPattern: integer(GL_ACTIVE_TEXTURE))
    defer { gl.activeTexture(active) }
    return GLBindings(
      program: UInt32(bitPattern: integer(GL_CURRENT_PROGRAM)),
      framebuffer: UInt32(bitPattern: integer(GL_DRAW_FRAMEBUFFER_BINDING)),
      viewport: SIMD4(viewport),
      textures: (0..<units).map { unit in
        gl.activeTexture(GLenum(GL_TEXTURE0) &+ GLenum(bitPattern: unit))
        return UInt32(bitPattern: integer(GL_TEXTURE_BINDING_2D))
      })
  }
}
