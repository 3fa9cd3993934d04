import CGLES
package import ZCCore

extension EGLDriver {
  package func createTexture(_ extent: Extent, _ format: PixelFormat) -> UInt32 {
    var name: GLuint = 0
    unsafe gl.genTextures(1, &name)
    names?.add(.texture(name))
    let target = GLenum(GL_TEXTURE_2D)
    gl.bindTexture(target, name)
    let pixel = format.gl
    gl.texImage2D(
      target, 0, pixel.internalFormat, extent.width, extent.height, 0, pixel.format, pixel.type,
      nil)
    setSampling(target, format)
    return name
  }

  /// How the texture that is bound there is read: linearly, clamped to its edges, without levels.
  func setSampling(_ target: GLenum, _ format: PixelFormat) {
    let isLinear = format != .rgba32Float || capabilities.hasFloatLinear
    let filter = isLinear ? GL_LINEAR : GL_NEAREST
    gl.texParameteri(target, GLenum(GL_TEXTURE_MIN_FILTER), filter)
    gl.texParameteri(target, GLenum(GL_TEXTURE_MAG_FILTER), filter)
    gl.texParameteri(target, GLenum(GL_TEXTURE_WRAP_S), GL_CLAMP_TO_EDGE)
    gl.texParameteri(target, GLenum(GL_TEXTURE_WRAP_T), GL_CLAMP_TO_EDGE)
    gl.texParameteri(target, GLenum(GL_TEXTURE_MAX_LEVEL), 0)
  }

  package func deleteTexture(_ name: UInt32) {
    names?.remove(.texture(name))
    unsafe withUnsafePointer(to: name) { unsafe gl.deleteTextures(1, $0) }
  }

  package func uploadTexture(
    _ name: UInt32, _ extent: Extent, _ format: PixelFormat, rowLength: Int32,
    _ pixels: UnsafeRawBufferPointer
  ) {
    let target = GLenum(GL_TEXTURE_2D)
    gl.bindTexture(target, name)
    let pixel = format.gl
    if rowLength != 0 { gl.pixelStorei(GLenum(GL_UNPACK_ROW_LENGTH), rowLength) }
    defer { if rowLength != 0 { gl.pixelStorei(GLenum(GL_UNPACK_ROW_LENGTH), 0) } }
    // The caller has checked that `pixels` holds the whole extent at this row length.
    unsafe gl.texSubImage2D(
      target, 0, 0, 0, extent.width, extent.height, pixel.format, pixel.type, pixels.baseAddress)
  }

  package func createFramebuffer(drawingInto texture: UInt32) -> UInt32? {
    createFramebuffer(drawingInto: texture, GLenum(GL_TEXTURE_2D))
  }

  /// `image` says which picture of the texture.
  func createFramebuffer(drawingInto texture: UInt32, _ image: GLenum) -> UInt32? {
    var name: GLuint = 0
    unsafe gl.genFramebuffers(1, &name)
    names?.add(.framebuffer(name))
    let target = GLenum(GL_FRAMEBUFFER)
    gl.bindFramebuffer(target, name)
    gl.framebufferTexture2D(target, GLenum(GL_COLOR_ATTACHMENT0), image, texture, 0)
    let isComplete = gl.checkFramebufferStatus(target) == GLenum(GL_FRAMEBUFFER_COMPLETE)
    guard isComplete || !Guards.keep(.errors) else {
      deleteFramebuffer(name)
      return nil
    }
    return name
  }

  package func deleteFramebuffer(_ name: UInt32) {
    names?.remove(.framebuffer(name))
    unsafe withUnsafePointer(to: name) { unsafe gl.deleteFramebuffers(1, $0) }
  }

  package func bindFramebuffer(_ name: UInt32, _ extent: Extent) {
    gl.bindFramebuffer(GLenum(GL_FRAMEBUFFER), name)
    gl.viewport(0, 0, extent.width, extent.height)
  }

  package func clearFramebuffer() { gl.clear(GLbitfield(GL_COLOR_BUFFER_BIT)) }

  package func blitFramebuffer(
    from source: UInt32, _ sourceExtent: Extent, to target: UInt32, _ targetExtent: Extent,
    flipped: Bool
  ) {
    gl.bindFramebuffer(GLenum(GL_READ_FRAMEBUFFER), source)
    gl.bindFramebuffer(GLenum(GL_DRAW_FRAMEBUFFER), target)
    let filter = sourceExtent == targetExtent ? GL_NEAREST : GL_LINEAR
    gl.blitFramebuffer(
      0, 0, sourceExtent.width, sourceExtent.height,
      0, flipped ? targetExtent.height : 0, targetExtent.width,
      flipped ? 0 : targetExtent.height, GLbitfield(GL_COLOR_BUFFER_BIT), GLenum(filter))
  }

  package func readPixels(
    _ framebuffer: UInt32, _ extent: Extent, _ format: PixelFormat, rowLength: Int32,
    topFirst: Bool, into pixels: UnsafeMutableRawBufferPointer
  ) {
    gl.bindFramebuffer(GLenum(GL_READ_FRAMEBUFFER), framebuffer)
    gl.pixelStorei(GLenum(GL_PACK_ROW_LENGTH), rowLength)
    if let reverse = capabilities.packReverse { gl.pixelStorei(reverse, topFirst ? 1 : 0) }
    let pixel = format.gl
    // The caller has checked that `pixels` holds the whole extent at this row length.
    unsafe gl.readPixels(
      0, 0, extent.width, extent.height, pixel.format, pixel.type, pixels.baseAddress)
  }
}

extension PixelFormat {
  /// GL's three words for this format.
  var gl: (internalFormat: GLint, format: GLenum, type: GLenum) {
    switch self {
    case .rgba8: (GL_RGBA8, GLenum(GL_RGBA), GLenum(GL_UNSIGNED_BYTE))
    case .rgba32Float: (GL_RGBA32F, GLenum(GL_RGBA), GLenum(GL_FLOAT))
    case .r8: (GL_R8, GLenum(GL_RED), GLenum(GL_UNSIGNED_BYTE))
    case .rg8: (GL_RG8, GLenum(GL_RG), GLenum(GL_UNSIGNED_BYTE))
    case .r16: (GL_R16_EXT, GLenum(GL_RED), GLenum(GL_UNSIGNED_SHORT))
    case .rg16: (GL_RG16_EXT, GLenum(GL_RG), GLenum(GL_UNSIGNED_SHORT))
    }
  }
}
