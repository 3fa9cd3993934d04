package import ZCCore

extension Capabilities {
  /// What the context is, what it can do and what not, and why: JSON for people and scripts.
  package var report: JSONText {
    .object([
      ("dialect", .string(version.isES ? "es" : "gl")),
      ("version", .string(version.description)),
      ("renderer", .string(renderer)),
      ("vendor", .string(vendor)),
      ("gl_version", .string(versionText)),
      ("glsl_version", .string(glslVersion)),
      ("egl_version", .string(eglVersion)),
      ("egl_vendor", .string(eglVendor)),
      ("display", .string(display)),
      ("render_node", renderNode.map { .string($0) } ?? .null),
      ("software", .bool(isSoftware)),
      ("borrowed", .bool(isBorrowed)),
      ("max_size", .integer(Int(maxTextureSize))),
      ("max_images", .integer(Int(maxTextureUnits))),
      ("features", .object(features)),
    ])
  }

  private var features: [(String, JSONText)] {
    [
      feature("robust context", isRobust, "the display makes no robust contexts"),
      feature("float buffers", hasFloatTargets, "GL_EXT_color_buffer_float is missing"),
      feature(
        "linear filtering of floats", hasFloatLinear, "GL_OES_texture_float_linear is missing"),
      feature(
        "reading rows top first", packReverse != nil,
        "GL_MESA_pack_invert and GL_ANGLE_pack_reverse_row_order are missing: "
          + "the GPU turns each picture over instead"),
      feature("DMA-BUF import", importMeans.missing == nil, importMeans.missing ?? ""),
      feature(
        "DMA-BUF modifiers", importMeans.tellsModifiers,
        "EGL_EXT_image_dma_buf_import_modifiers is missing"),
      feature(
        "external textures", importMeans.missingExternal == nil, importMeans.missingExternal ?? ""),
      feature("DMA-BUF export", missingForExport == nil, missingForExport ?? ""),
      feature("native fences", missingForNativeFence == nil, missingForNativeFence ?? ""),
    ]
  }

  private func feature(_ name: String, _ isThere: Bool, _ otherwise: String) -> (String, JSONText) {
    var members: [(String, JSONText)] = [("available", .bool(isThere))]
    if !isThere { members.append(("why", .string(otherwise))) }
    return (name, .object(members))
  }
}
