package import ZCColor
package import ZCContext
package import ZCCore
import ZCGL

extension Frame {
  /// A frame of a picture in DMA-BUFs that somebody describes. The descriptors stay theirs; the memory
  /// stays as long as the frame, and the GPU's work on it.
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
    try self.init(importing: surface.described(by: byNumber), hints: nil, in: context)
    _ = copies
  }
}
