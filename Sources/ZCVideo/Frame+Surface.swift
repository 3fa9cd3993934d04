package import ZCColor
package import ZCContext
package import ZCCore
import ZCGL

extension Frame {
  /// A frame of a picture in DMA-BUFs that somebody describes, and may go on writing to. The
  /// descriptors stay theirs; the memory stays as long as the frame, and the GPU's work on it.
  /// - Throws: `dmabuf`, saying what does not fit, or why the driver cannot use the memory in place.
  package convenience init(
    importing layout: SurfaceLayout, color: ColorDescription, in context: GPUContext
  ) throws(ZCError) {
    try context.checkProcess()
    let numbers = layout.objects.map(\.descriptor)
    // Whoever closes theirs meanwhile takes nothing from under us.
    let copies = try Descriptors(duplicating: numbers)
    let byNumber = Dictionary(zip(numbers, copies.numbers)) { first, _ in first }
    let surface = try Surface(layout, limit: context.maxTextureSize) { number in
      byNumber[number].flatMap { DescriptorFacts(of: $0) }
    }
    let known = PictureFormat(surface.fourcc).map {
      PictureColor(
        color, $0, width: Int(surface.extent.width), height: Int(surface.extent.height))
    }
    let color = known ?? PictureColor(matrix: .identity, isFullRange: true)
    try self.init(
      importing: surface.described(by: byNumber), hints: known.flatMap { ImageLayout.Hints($0) },
      in: context
    ) { imported, target, current throws(ZCError) in
      try imported.draw(color, .upright, into: target, in: context, current)
    }
    _ = copies
  }

  /// A frame of a device's picture as it is now, for display, drawn from the device's memory.
  /// `holder` is what that memory belongs to: it stays until the GPU has read it. `owner` is the pool
  /// that it is one of.
  /// - Throws: `dmabuf` where it cannot be read in place, with the reasons.
  package convenience init(
    of layout: SurfaceLayout, _ color: PictureColor, _ orientation: Orientation,
    keeping holder: some AnyObject & Sendable, keptFor owner: UInt64, in context: GPUContext
  ) throws(ZCError) {
    try context.checkProcess()
    let limit = context.maxTextureSize
    let surface = try Surface(layout, limit: limit) { DescriptorFacts(of: $0) }
    let (width, height) = (Int64(surface.extent.width), Int64(surface.extent.height))
    let extent =
      orientation.swapsSides
      ? try Extent(width: height, height: width, limit: limit) : surface.extent
    let texture = try context.withCurrent { (current) throws(ZCError) -> Texture in
      let imported = try context.importSurface(
        surface, hints: ImageLayout.Hints(color), keptFor: owner, current)
      let target = try context.makeTexture(extent, .rgba8, current)
      context.keep(holder, current)
      try imported.draw(color, orientation, into: target.record, in: context, current)
      return target
    }
    self.init(texture, in: context)
  }
}
