package import ZCCore

/// A picture in memory: where its planes are. It keeps nothing: whoever makes one keeps the memory.
@safe package struct PicturePlanes {
  /// One plane, row 0 on top.
  @safe package struct Plane: @unchecked Sendable {  // a place, and nothing that changes
    package let start: UnsafeRawPointer
    /// Bytes from one row to the next; negative where the last row comes first in memory.
    package let stride: Int
    package let rows: Int
    /// How much of a row may be read.
    package let rowBytes: Int

    package init(_ start: UnsafeRawPointer, stride: Int, rows: Int, rowBytes: Int) {
      unsafe self.start = start
      self.stride = stride
      self.rows = rows
      self.rowBytes = rowBytes
    }
  }

  package let format: PictureFormat
  package let width: Int
  package let height: Int
  package let planes: [Plane]

  /// The longest side, in pixels: sums over a picture stay far from overflowing.
  package static let longestSide = 1 << 16

  /// Throws `media` where the planes do not hold such a picture.
  package init(_ format: PictureFormat, width: Int, height: Int, planes: [Plane])
    throws(ZCError)
  {
    let sides = 1...Self.longestSide
    guard sides.contains(width), sides.contains(height) else {
      throw .media(
        "a picture of \(width) x \(height) pixels; each side is 1 to \(sides.upperBound)")
    }
    guard planes.count >= format.planeCount else {
      throw .media("\(planes.count) planes of \(format.rawValue), which has \(format.planeCount)")
    }
    for (index, plane) in planes.prefix(format.planeCount).enumerated() {
      let size = format.size(ofPlane: index, width: width, height: height)
      let bytes = size.columns * format.channels(ofPlane: index) * format.bytesPerSample
      let fits = plane.rows >= size.rows && plane.rowBytes >= bytes
      guard fits, size.rows == 1 || plane.stride.magnitude >= UInt(bytes) else {
        throw .media(
          "plane \(index) of \(format.rawValue) has \(plane.rows) rows of \(plane.rowBytes) bytes, "
            + "\(plane.stride) apart; \(size.rows) rows of \(bytes) bytes are needed")
      }
    }
    self.format = format
    self.width = width
    self.height = height
    self.planes = planes
  }
}
