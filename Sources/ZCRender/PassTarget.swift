import ZCContext
import ZCCore
import ZCGL

/// A buffer that passes draw into, twice: what is read, and what is being drawn.
///
/// Only touched in its context's turn.
final class PassTarget {
  let extent: Extent
  let format: PixelFormat
  private var front: Texture
  private var back: Texture
  /// How often this was drawn into since it was last clear.
  private var draws = 0

  /// Both sides transparent black.
  init(
    _ extent: Extent, _ format: PixelFormat, in context: GPUContext, _ current: borrowing Current
  ) throws(ZCError) {
    front = try context.makeTexture(extent, format, for: .passBuffer, current)
    back = try context.makeTexture(extent, format, for: .passBuffer, current)
    self.extent = extent
    self.format = format
    clear(current)
  }

  /// What a pass that reads this buffer sees.
  var readable: UInt32 { front.record.name }
  var readableRecord: TextureRecord { front.record }
  /// Where a pass draws.
  var drawable: TextureRecord { back.record }
  var generation: Generation { front.generation }

  /// A pass has drawn: what it drew becomes what is read.
  func showDrawn() {
    Swift.swap(&front, &back)
    draws &+= 1
  }

  /// A temporary starts each frame transparent black. After a single draw the side that was
  /// not drawn to still is; after more, none is.
  func beginFrame(_ current: borrowing Current) {
    guard draws > 0 else { return }
    Swift.swap(&front, &back)
    if draws > 1 { clear(front.record, current) }
    draws = 0
  }

  /// Takes over another buffer's picture, scaled to this size.
  func fill(from old: PassTarget, _ current: borrowing Current) {
    current.gl.blitFramebuffer(
      from: old.readableRecord.framebuffer, old.extent, to: front.record.framebuffer, extent,
      flipped: false)
  }

  /// Both sides transparent black.
  func clear(_ current: borrowing Current) {
    clear(front.record, current)
    clear(back.record, current)
    draws = 0
  }

  private func clear(_ record: TextureRecord, _ current: borrowing Current) {
    current.gl.bindFramebuffer(record.framebuffer, record.extent)
    current.gl.clearFramebuffer()
  }
}
