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

  /// A frame of a device's picture as it is now: the texture that `draw` makes of the device's
  /// memory, in the turn of the context. `holder` is what that memory belongs to: it stays until the
  /// GPU has read it. `owner` is the pool that it is one of.
  /// - Throws: `dmabuf` where it cannot be read in place, with the reasons; and what `draw` throws.
  convenience init(
    of layout: SurfaceLayout, hints: ImageLayout.Hints?,
    keeping holder: some AnyObject & Sendable, keptFor owner: UInt64, in context: GPUContext,
    _ draw: (ImportedSurface, borrowing Current) throws(ZCError) -> Texture
  ) throws(ZCError) {
    try context.checkProcess()
    let surface = try Surface(layout, limit: context.maxTextureSize) { DescriptorFacts(of: $0) }
    let texture = try context.withCurrent { (current) throws(ZCError) -> Texture in
      let imported = try context.importSurface(surface, hints: hints, keptFor: owner, current)
      context.keep(holder, current)
      return try draw(imported, current)
    }
    self.init(texture, in: context)
  }
}
