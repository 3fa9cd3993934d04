package import ZCCore

/// A caller's picture in memory: row 0 on top, 3 or 4 components a pixel, bytes or floats.
@safe package struct PixelSource {
  private let start: UnsafeRawPointer
  private let rowStride: Int
  private let channels: Int
  package let extent: Extent
  package let format: PixelFormat

  /// The first row begins at `start`; the next ones lie `rowStride` bytes apart (packed for nil,
  /// negative for a picture upside down). `available` is how many bytes may be read at `start`
  /// where the stride is positive. Throws `badBuffer`, saying what would fit.
  package init(
    _ start: UnsafeRawPointer, available: Int, rowStride: Int?, channels: Int, isFloat: Bool,
    extent: Extent
  ) throws(ZCError) {
    guard channels == 3 || channels == 4 else {
      throw .badBuffer("a picture has 3 or 4 components a pixel, not \(channels)")
    }
    let packed = Int(extent.width) * channels * (isFloat ? 4 : 1)
    let stride = rowStride ?? packed
    if stride >= 0 {
      let rows = stride.multipliedReportingOverflow(by: Int(extent.height) - 1)
      let total = rows.partialValue.addingReportingOverflow(packed)
      let fits =
        stride >= packed && !rows.overflow && !total.overflow && available >= total.partialValue
      guard fits || !Guards.keep(.sizes) else {
        throw .badBuffer(
          "\(available) bytes with rows \(stride) bytes apart do not hold "
            + "\(extent.width) x \(extent.height) pixels of \(packed / Int(extent.width)) bytes")
      }
    }
    if isFloat, stride % 4 != 0 {
      throw .badBuffer("rows of floats are \(stride) bytes apart, no multiple of 4")
    }
    unsafe self.start = start
    self.rowStride = stride
    self.channels = channels
    self.extent = extent
    format = isFloat ? .rgba32Float : .rgba8
  }

  /// Packed pixels of four components, which `bytes` begin with.
  package init(_ bytes: UnsafeRawBufferPointer, _ extent: Extent, _ format: PixelFormat)
    throws(ZCError)
  {
    guard let start = bytes.baseAddress else { throw .badBuffer("there are no pixels") }
    try unsafe self.init(
      start, available: bytes.count, rowStride: nil, channels: 4,
      isFloat: format == .rgba32Float, extent: extent)
  }

  /// The picture as GL takes it: RGBA, packed, bottom row first; a missing alpha is 1.
  package func bottomUp() throws(ZCError) -> HostPixels {
    let row = Int(extent.width) * format.bytesPerPixel
    let pixels = try HostPixels(count: row * Int(extent.height))
    let target = unsafe pixels.bytes
    for y in 0..<Int(extent.height) {
      let line = unsafe UnsafeMutableRawBufferPointer(
        rebasing: target[(Int(extent.height) - 1 - y) * row..<(Int(extent.height) - y) * row])
      // `init` has checked that every row lies within what the caller lent.
      let source = unsafe start.advanced(by: y &* rowStride)
      if channels == 4 {
        unsafe line.copyMemory(from: UnsafeRawBufferPointer(start: source, count: row))
      } else {
        if format == .rgba32Float {
          unsafe expand(source, to: line, opaque: Float(1))
        } else {
          unsafe expand(source, to: line, opaque: UInt8.max)
        }
      }
    }
    return pixels
  }

  /// Adds an opaque alpha to a row of three components a pixel.
  private func expand<Component: BitwiseCopyable>(
    _ source: UnsafeRawPointer, to line: UnsafeMutableRawBufferPointer, opaque: Component
  ) {
    let size = MemoryLayout<Component>.stride
    for x in 0..<Int(extent.width) {
      for c in 0..<3 {
        let value = unsafe source.loadUnaligned(
          fromByteOffset: (x * 3 + c) * size, as: Component.self)
        unsafe line.storeBytes(of: value, toByteOffset: (x * 4 + c) * size, as: Component.self)
      }
      unsafe line.storeBytes(of: opaque, toByteOffset: (x * 4 + 3) * size, as: Component.self)
    }
  }
}
