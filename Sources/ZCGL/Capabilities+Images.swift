package import ZCCore

extension Capabilities {
  /// What importing memory of others can rely on.
  package var importMeans: ImportLadder.Means {
    ImportLadder.Means(
      missing: missing(for: "importing DMA-BUFs", in: importNeeds),
      tellsModifiers: eglExtensions.contains("EGL_EXT_image_dma_buf_import_modifiers"),
      missingExternal: version.isES
        ? missing(for: "external textures", in: [.gl("GL_OES_EGL_image_external_essl3")])
        : "external textures are OpenGL ES's; Context(dialect=\"es\") may have them")
  }

  /// Nil where a texture can be handed out as DMA-BUFs; otherwise what is missing.
  package var missingForExport: String? {
    missing(
      for: "exporting a texture",
      in: [
        .egl("EGL_KHR_gl_texture_2D_image"), .egl("EGL_KHR_image_base"),
        .egl("EGL_MESA_image_dma_buf_export"),
      ])
  }

  /// Nil where a fence can be handed out as a descriptor; otherwise what is missing.
  package var missingForNativeFence: String? {
    missing(for: "a fence as a descriptor", in: [.egl("EGL_ANDROID_native_fence_sync")])
  }

  private enum Need {
    case egl(String)
    case gl(String)
  }

  private var importNeeds: [Need] {
    [
      .egl("EGL_KHR_image_base"), .egl("EGL_EXT_image_dma_buf_import"),
      .gl(version.isES ? "GL_OES_EGL_image" : "GL_EXT_EGL_image_storage"),
    ]
  }

  private func missing(for purpose: String, in needs: [Need]) -> String? {
    let names = needs.compactMap { need -> String? in
      switch need {
      case .egl(let name): eglExtensions.contains(name) ? nil : name
      case .gl(let name): glExtensions.contains(name) ? nil : name
      }
    }
    guard !names.isEmpty else { return nil }
    return "\(purpose) needs \(names.joined(separator: " and ")), which this driver "
      + "(\(renderer.isEmpty ? "unnamed" : renderer), \(display)) has not"
  }
}
