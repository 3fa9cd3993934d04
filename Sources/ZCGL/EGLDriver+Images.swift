import CGLES
import Glibc
package import ZCCore

extension EGLDriver {
  package func createImage(_ layout: ImageLayout) -> ImageOutcome {
    guard let create = unsafe images.create else {
      return .refused(.kind("the driver has no eglCreateImageKHR"))
    }
    // The attributes end in EGL_NONE; EGL reads the descriptors and does not keep them.
    let image = unsafe create(
      display.raw, nil, EGLenum(EGL_LINUX_DMA_BUF_EXT), nil, layout.attributes)
    guard let image = unsafe image else { return .refused(refusal(display.library.getError())) }
    return .made(UInt(bitPattern: image))
  }

  package func destroyImage(_ image: UInt) {
    _ = unsafe images.destroy?(display.raw, UnsafeMutableRawPointer(bitPattern: image))
  }

  package func createTexture(from image: UInt, isExternal: Bool) -> UInt32 {
    var name: GLuint = 0
    unsafe gl.genTextures(1, &name)
    names?.add(.texture(name))
    let target = GLenum(isExternal ? GL_TEXTURE_EXTERNAL_OES : GL_TEXTURE_2D)
    if isExternal { bindExternal(name, unit: 0) } else { bindTexture(name, unit: 0) }
    let raw = unsafe UnsafeMutableRawPointer(bitPattern: image)
    if !isExternal, !capabilities.version.isES {
      unsafe images.targetStorage?(target, raw, nil)
    } else {
      unsafe images.targetTexture?(target, raw)
    }
    gl.texParameteri(target, GLenum(GL_TEXTURE_MIN_FILTER), GL_LINEAR)
    gl.texParameteri(target, GLenum(GL_TEXTURE_MAG_FILTER), GL_LINEAR)
    gl.texParameteri(target, GLenum(GL_TEXTURE_WRAP_S), GL_CLAMP_TO_EDGE)
    gl.texParameteri(target, GLenum(GL_TEXTURE_WRAP_T), GL_CLAMP_TO_EDGE)
    return name
  }

  package func exportTexture(_ name: UInt32) throws(ZCError) -> ExportedTexture {
    guard let create = unsafe images.create, let query = unsafe images.queryExport,
      let export = unsafe images.export
    else { throw .dmabuf("the driver has no eglExportDMABUFImageMESA") }
    // EGL takes a texture's name where others take a pointer.
    let buffer = unsafe UnsafeMutableRawPointer(bitPattern: UInt(name))
    let image = unsafe create(
      display.raw, raw, EGLenum(EGL_GL_TEXTURE_2D), buffer, [EGL_GL_TEXTURE_LEVEL, 0, EGL_NONE])
    guard let image = unsafe image else {
      throw .dmabuf(
        "the driver makes no image of the texture (\(display.library.errorName()))")
    }
    defer { destroyImage(UInt(bitPattern: image)) }
    var fourcc: CInt = 0
    var count: CInt = 0
    var isDone =
      unsafe query(display.raw, image, &fourcc, &count, nil) == EGLBoolean(EGL_TRUE)
    guard isDone, (1...4).contains(count) else {
      throw .dmabuf("the driver exports no such texture (\(display.library.errorName()))")
    }
    // EGL writes `count` of each.
    var modifiers = [UInt64](repeating: Surface.unknownModifier, count: 4)
    var descriptors = [CInt](repeating: -1, count: 4)
    var pitches = [EGLint](repeating: 0, count: 4)
    var offsets = [EGLint](repeating: 0, count: 4)
    isDone =
      unsafe query(display.raw, image, &fourcc, &count, &modifiers) == EGLBoolean(EGL_TRUE)
      && export(display.raw, image, &descriptors, &pitches, &offsets) == EGLBoolean(EGL_TRUE)
    guard isDone else {
      throw .dmabuf("the driver exports no such texture (\(display.library.errorName()))")
    }
    // kms_swrast says that it is done, and gives none.
    guard descriptors[0] >= 0 else {
      for descriptor in descriptors where descriptor >= 0 { close(descriptor) }
      throw .dmabuf("the driver has no descriptor for the texture's memory")
    }
    return ExportedTexture(
      fourcc: Fourcc(code: UInt32(bitPattern: fourcc)), modifier: modifiers[0],
      descriptors: Array(descriptors.prefix(Int(count))),
      offsets: Array(offsets.prefix(Int(count))), pitches: Array(pitches.prefix(Int(count))))
  }

  package func exportFence() -> Int32? {
    guard let create = unsafe images.createSync, let dup = unsafe images.dupFence,
      let sync = unsafe create(display.raw, EGLenum(EGL_SYNC_NATIVE_FENCE_ANDROID), [EGL_NONE])
    else { return nil }
    defer { _ = unsafe images.destroySync?(display.raw, sync) }
    // Without a flush the fence has no descriptor yet.
    images.flush?()
    let descriptor = unsafe dup(display.raw, sync)
    return descriptor >= 0 ? descriptor : nil
  }

  /// What it means that EGL makes no image.
  private func refusal(_ code: EGLint) -> ImageRefusal {
    let name = EGLLibrary.name(ofError: code)
    return switch code {
    case EGL_BAD_MATCH, EGL_BAD_ATTRIBUTE:
      .kind("\(name): the driver does not know this format with this modifier")
    case EGL_BAD_ALLOC:
      .memory("\(name): it is memory of another device, or not of that size, or no DMA-BUF")
    default: .memory(name)
    }
  }
}

extension ImageLayout {
  /// For `eglCreateImageKHR`.
  fileprivate var attributes: [EGLint] {
    var list = [
      EGL_WIDTH, extent.width, EGL_HEIGHT, extent.height,
      EGL_LINUX_DRM_FOURCC_EXT, EGLint(bitPattern: fourcc.code),
    ]
    for (plane, names) in zip(planes, Self.names) {
      list += [
        names.descriptor, plane.descriptor, names.offset, plane.offset, names.pitch, plane.pitch,
      ]
      guard let modifier else { continue }
      list += [
        names.modifier, EGLint(truncatingIfNeeded: modifier),
        names.modifier + 1, EGLint(truncatingIfNeeded: modifier >> 32),
      ]
    }
    if let hints {
      list += [
        EGL_YUV_COLOR_SPACE_HINT_EXT, hints.matrix.word,
        EGL_SAMPLE_RANGE_HINT_EXT,
        hints.isFullRange ? EGL_YUV_FULL_RANGE_EXT : EGL_YUV_NARROW_RANGE_EXT,
        EGL_YUV_CHROMA_HORIZONTAL_SITING_HINT_EXT, Self.siting(hints.isHalfwayAcross),
        EGL_YUV_CHROMA_VERTICAL_SITING_HINT_EXT, Self.siting(hints.isHalfwayDown),
      ]
    }
    return list + [EGL_NONE]
  }

  private static func siting(_ isHalfway: Bool) -> EGLint {
    isHalfway ? EGL_YUV_CHROMA_SITING_0_5_EXT : EGL_YUV_CHROMA_SITING_0_EXT
  }

  private static let names:
    [(descriptor: EGLint, offset: EGLint, pitch: EGLint, modifier: EGLint)] = [
      (
        EGL_DMA_BUF_PLANE0_FD_EXT, EGL_DMA_BUF_PLANE0_OFFSET_EXT, EGL_DMA_BUF_PLANE0_PITCH_EXT,
        EGL_DMA_BUF_PLANE0_MODIFIER_LO_EXT
      ),
      (
        EGL_DMA_BUF_PLANE1_FD_EXT, EGL_DMA_BUF_PLANE1_OFFSET_EXT, EGL_DMA_BUF_PLANE1_PITCH_EXT,
        EGL_DMA_BUF_PLANE1_MODIFIER_LO_EXT
      ),
      (
        EGL_DMA_BUF_PLANE2_FD_EXT, EGL_DMA_BUF_PLANE2_OFFSET_EXT, EGL_DMA_BUF_PLANE2_PITCH_EXT,
        EGL_DMA_BUF_PLANE2_MODIFIER_LO_EXT
      ),
      (
        EGL_DMA_BUF_PLANE3_FD_EXT, EGL_DMA_BUF_PLANE3_OFFSET_EXT, EGL_DMA_BUF_PLANE3_PITCH_EXT,
        EGL_DMA_BUF_PLANE3_MODIFIER_LO_EXT
      ),
    ]
}

extension ImageLayout.Hints.Matrix {
  fileprivate var word: EGLint {
    switch self {
    case .bt601: EGL_ITU_REC601_EXT
    case .bt709: EGL_ITU_REC709_EXT
    case .bt2020: EGL_ITU_REC2020_EXT
    }
  }
}
