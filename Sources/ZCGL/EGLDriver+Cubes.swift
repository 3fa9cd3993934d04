import CGLES
package import ZCCore

extension EGLDriver {
  package func createCube(_ extent: Extent, _ format: PixelFormat) -> UInt32 {
    var name: GLuint = 0
    unsafe gl.genTextures(1, &name)
    names?.add(.texture(name))
    let target = GLenum(GL_TEXTURE_CUBE_MAP)
    gl.bindTexture(target, name)
    let pixel = format.gl
    for face in 0..<6 {
      gl.texImage2D(
        side(Int32(face)), 0, pixel.internalFormat, extent.width, extent.height, 0, pixel.format,
        pixel.type, nil)
    }
    setSampling(target, format)
    gl.texParameteri(target, GLenum(GL_TEXTURE_WRAP_R), GL_CLAMP_TO_EDGE)
    return name
  }

  package func createFramebuffer(drawingIntoCube cube: UInt32) -> UInt32? {
    createFramebuffer(drawingInto: cube, side(0))
  }

  package func drawIntoFace(_ face: Int32, of cube: UInt32, by framebuffer: UInt32) {
    let target = GLenum(GL_FRAMEBUFFER)
    gl.bindFramebuffer(target, framebuffer)
    gl.framebufferTexture2D(target, GLenum(GL_COLOR_ATTACHMENT0), side(face), cube, 0)
  }

  private func side(_ face: Int32) -> GLenum {
    GLenum(GL_TEXTURE_CUBE_MAP_POSITIVE_X) &+ GLenum(bitPattern: face)
  }
}
