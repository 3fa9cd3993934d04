package import ZCContext
package import ZCCore
import ZCGL

extension VideoFrame {
  /// The device's memory that it was decoded into, as DMA-BUFs, without a copy. The decoder does not
  /// write to it before that is dropped. Waits for the device.
  /// - Throws: `dmabuf` for a frame that is in memory, or of a device that hands nothing out; `forked`.
  package func exported() throws(ZCError) -> Dmabuf {
    try checkProcess()
    guard let picture = try pixels.surface() else {
      throw .dmabuf(
        pixels.wasOnDevice
          ? "the frame was moved from the device's memory to make room for others: hold fewer frames, "
            + "or open the video with a larger lease_budget"
          : "the frame was decoded on the CPU, into memory of this process alone; `rgb().dmabuf()` is "
            + "a texture's memory, where the driver hands that out")
    }
    let (layout, descriptors) = try picture.exported()
    // A driver's numbers are looked at before others rely on them.
    _ = try Surface(layout, limit: Int32(Int16.max)) { DescriptorFacts(of: $0) }
    return Dmabuf(
      layout, descriptors, keeping: LentSurface(picture, anotherHold(as: .presenter)))
  }
}

/// What others look at, and its owner.
private final class LentSurface: Sendable {
  private let picture: DecodedPicture
  private let hold: Hold

  init(_ picture: consuming DecodedPicture, _ hold: consuming Hold) {
    self.picture = picture
    self.hold = hold
  }
}
