package import ZCColor
package import ZCContext
package import ZCCore
import ZCGL

extension PicturePlanes {
  /// The picture for display, RGBA: converted by the shader, or on the CPU where the driver is a
  /// rasteriser on the CPU itself, or the shader does not know the format. `road` forces one of
  /// them, as far as it goes.
  package func frame(
    _ color: PictureColor, _ orientation: Orientation, in context: GPUContext,
    by road: Settings.VideoConversion? = Settings.environment.videoConversion
  ) throws(ZCError) -> Frame {
    try context.checkProcess()
    let capabilities = context.capabilities
    let isDrawn = road.map { $0 == .shader } ?? !capabilities.isSoftware
    let size = displaySize(orientation)
    let extent = try Extent(
      width: Int64(size.width), height: Int64(size.height), limit: context.maxTextureSize)
    if isDrawn, PictureTextures.canHold(format, capabilities) {
      return try drawn(color, orientation, extent, in: context)
    }
    let pixels = try HostPixels(count: extent.pixelCount * 4)
    try unsafe writeRGBA(color, orientation, bottomFirst: true, to: pixels.bytes)
    let texture = try context.withCurrent { (current) throws(ZCError) in
      try context.upload(pixels, extent, .rgba8, current)
    }
    return Frame(texture, in: context)
  }

  private func drawn(
    _ color: PictureColor, _ orientation: Orientation, _ extent: Extent, in context: GPUContext
  ) throws(ZCError) -> Frame {
    let texture = try context.withCurrent { (current) throws(ZCError) -> Texture in
      let target = try context.makeTexture(extent, .rgba8, current)
      let luma = try context.upload(rows(ofPlane: 0, in: context), current)
      let cb = try context.upload(rows(ofPlane: 1, in: context), current)
      var textures = PictureTextures(
        format, width: width, height: height, names: [luma.record.name, cb.record.name])
      guard format.planeCount > 2 else {
        try textures.draw(color, orientation, into: target.record, in: context, current)
        return target
      }
      let cr = try context.upload(rows(ofPlane: 2, in: context), current)
      textures.names.append(cr.record.name)
      try textures.draw(color, orientation, into: target.record, in: context, current)
      return target
    }
    return Frame(texture, in: context)
  }

  /// One plane as it is, in a texture.
  /// - Throws: `outOfRange` for a plane that there is not; `wrongType` for one of packed pixels that
  ///   no texture has, or of samples that this driver has none for.
  package func plane(_ index: Int, in context: GPUContext) throws(ZCError) -> Frame {
    try context.checkProcess()
    let rows = try rows(ofPlane: index, in: context)
    let texture = try context.withCurrent { (current) throws(ZCError) in
      try context.upload(rows, current)
    }
    return Frame(texture, in: context, isTopFirst: true)
  }

  private func rows(ofPlane index: Int, in context: GPUContext) throws(ZCError) -> PlaneRows {
    let pixel = try format.checkPlane(index, in: context)
    let size = format.size(ofPlane: index, width: width, height: height)
    let extent = try Extent(
      width: Int64(size.columns), height: Int64(size.rows), limit: context.maxTextureSize,
      of: "a plane")
    // `init` has checked that every row lies within the plane.
    return try unsafe PlaneRows(planes[index].start, stride: planes[index].stride, extent, pixel)
  }
}

extension PictureFormat {
  /// How a texture stores a plane.
  /// - Throws: `outOfRange` for a plane that there is not; `wrongType` where no texture can.
  @discardableResult
  func checkPlane(_ index: Int, in context: GPUContext) throws(ZCError) -> PixelFormat {
    guard (0..<planeCount).contains(index) else {
      throw .outOfRange("plane \(index) of \(rawValue), which has \(planeCount)")
    }
    let samples = channels(ofPlane: index)
    guard let pixel = PixelFormat(samples: samples, bytes: bytesPerSample) else {
      throw .wrongType(
        "a plane of \(samples) samples a pixel, \(rawValue), is in no texture as it is; "
          + "rgb() gives its picture")
    }
    guard bytesPerSample == 1 || context.hasNorm16 else {
      throw .wrongType(
        "this driver has no textures of 16 bits (GL_EXT_texture_norm16) for \(rawValue); "
          + "rgb() gives its picture, planes its samples")
    }
    return pixel
  }
}

extension PixelFormat {
  /// What holds planes of so many samples a pixel.
  fileprivate init?(samples: Int, bytes: Int) {
    switch (samples, bytes) {
    case (1, 1): self = .r8
    case (2, 1): self = .rg8
    case (1, 2): self = .r16
    case (2, 2): self = .rg16
    case (4, 1): self = .rgba8
    default: return nil
    }
  }
}
