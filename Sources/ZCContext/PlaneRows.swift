package import ZCCore

/// Rows of a plane in memory, the top one first, as GL takes them: a number of pixels apart. It
/// keeps the memory only where it had to copy.
@safe package struct PlaneRows {
  package let extent: Extent
  package let format: PixelFormat
  let bytes: UnsafeRawBufferPointer
  /// Pixels from one row to the next.
  let rowLength: Int32
  private let copy: HostPixels?

  /// Every row, `stride` bytes after the one before it, must be there to be read. Rows that GL does
  /// not take as they lie, upside down or at odd distances, are copied.
  /// - Throws: `outOfMemory`.
  package init(
    _ start: UnsafeRawPointer, stride: Int, _ extent: Extent, _ format: PixelFormat
  ) throws(ZCError) {
    self.extent = extent
    self.format = format
    let pixel = format.bytesPerPixel
    let packed = Int(extent.width) * pixel
    let rows = Int(extent.height)
    if stride >= packed, stride % pixel == 0, let length = Int32(exactly: stride / pixel) {
      unsafe bytes = UnsafeRawBufferPointer(start: start, count: stride * (rows - 1) + packed)
      rowLength = length
      copy = nil
      return
    }
    let pixels = try HostPixels(count: packed * rows)
    for row in 0..<rows {
      let line = unsafe UnsafeMutableRawBufferPointer(
        rebasing: pixels.bytes[row * packed..<(row + 1) * packed])
      unsafe line.copyMemory(
        from: UnsafeRawBufferPointer(start: start.advanced(by: row &* stride), count: packed))
    }
    unsafe bytes = UnsafeRawBufferPointer(pixels.bytes)
    rowLength = extent.width
    copy = pixels
  }
}
