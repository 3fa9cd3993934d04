import CGLES

extension GLProcs {
  /// Reads what the current context is and can do.
  func capabilities(_ version: ContextVersion, _ display: Display, _ extensions: Set<String>)
    -> Capabilities
  {
    var found = Capabilities(version: version)
    found.vendor = string(GL_VENDOR)
    found.renderer = string(GL_RENDERER)
    found.versionText = string(GL_VERSION)
    found.glslVersion = string(GL_SHADING_LANGUAGE_VERSION)
    found.eglVersion = display.version
    found.eglVendor = display.vendor
    found.display = display.name
    found.renderNode = display.renderNode
    found.eglExtensions = display.extensions
    found.glExtensions = extensions
    found.maxTextureSize = integer(GL_MAX_TEXTURE_SIZE)
    found.maxTextureUnits = integer(GL_MAX_TEXTURE_IMAGE_UNITS)
    found.isRobust = resetStatus != nil
    found.packReverse =
      if found.glExtensions.contains("GL_MESA_pack_invert") {
        0x8758  // GL_PACK_INVERT_MESA
      } else if found.glExtensions.contains("GL_ANGLE_pack_reverse_row_order") {
        0x93A4  // GL_PACK_REVERSE_ROW_ORDER_ANGLE
      } else {
        nil
      }
    if version.isES {
      found.hasFloatTargets =
        (version.major, version.minor) >= (3, 2)
        || found.glExtensions.contains("GL_EXT_color_buffer_float")
      found.hasNorm16 = found.glExtensions.contains("GL_EXT_texture_norm16")
      found.hasFloatLinear = found.glExtensions.contains("GL_OES_texture_float_linear")
    }
    return found
  }

  /// State that never changes in our contexts: a vertex array to draw from, packed rows, and cubes
  /// that are filtered across their edges, as those of OpenGL ES always are.
  func prepareForDrawing(_ sentinel: Sentinel, isES: Bool) {
    if !isES { enable(GLStateTable.seamlessCubes) }
    bindVertexArray(sentinel.name)
    pixelStorei(GLenum(GL_UNPACK_ALIGNMENT), 1)
    pixelStorei(GLenum(GL_PACK_ALIGNMENT), 1)
    clearColor(0, 0, 0, 0)
  }

  func integer(_ name: Int32) -> Int32 {
    var value: GLint = 0
    unsafe getIntegerv(GLenum(name), &value)
    return value
  }

  /// Four numbers at most.
  func integers(_ name: Int32) -> SIMD4<Int32> {
    var values = [GLint](repeating: 0, count: 4)
    unsafe getIntegerv(GLenum(name), &values)
    return SIMD4(values)
  }

  func string(_ name: Int32) -> String {
    unsafe getString(GLenum(name)).map { unsafe String(cString: $0) } ?? ""
  }

  /// The current context's GL extensions.
  func extensions() -> Set<String> {
    var names: Set<String> = []
    for index in 0..<GLuint(clamping: integer(GL_NUM_EXTENSIONS)) {
      guard let name = unsafe getStringi(GLenum(GL_EXTENSIONS), index) else { continue }
      unsafe names.insert(String(cString: name))
    }
    return names
  }
}
