import ZCCore

/// What a frame is drawn from whenever somebody reads it: memory that others may have written to
/// since.
struct FrameSource: Sendable {
  /// Draws all of the frame's texture, rows from the bottom up. It may change what is bound and which
  /// program is in use.
  let draw: @Sendable (TextureRecord, borrowing Current) throws(ZCError) -> Void

  init(
    _ draw: @escaping @Sendable (TextureRecord, borrowing Current) throws(ZCError) -> Void
  ) {
    self.draw = draw
  }
}
