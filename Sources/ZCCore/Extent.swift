/// A picture's size in pixels. Both sides are at least 1.
package struct Extent: Hashable, Sendable {
  package let width: Int32
  package let height: Int32

  /// Throws `badSize` unless each side is 1 to `limit`, the driver's longest side in pixels.
  /// `noun` is what is being sized, for the message: "a frame", "pass 2".
  package init(width: Int64, height: Int64, limit: Int32, of noun: String = "a frame")
    throws(ZCError)
  {
    let w = Int32(clamping: width)
    let h = Int32(clamping: height)
    let fits = (1...Int64(limit)).contains(width) && (1...Int64(limit)).contains(height)
    guard fits || !Guards.keep(.sizes) else {
      throw .badSize(
        "\(noun) cannot be \(width) x \(height) pixels; each side is 1 to \(limit) on this driver")
    }
    self.width = w
    self.height = h
  }

  /// One pixel: the stand-in for an image that is not set.
  package static let pixel = Extent(unchecked: 1, 1)

  private init(unchecked width: Int32, _ height: Int32) {
    self.width = width
    self.height = height
  }

  /// So many of this size, one below the other: no size of a texture.
  package func stacked(_ count: Int32) -> Extent {
    Extent(unchecked: width, height.multipliedReportingOverflow(by: count).partialValue)
  }

  /// Half of it, rounded up: a chroma plane's size.
  package var halved: Extent {
    Extent(unchecked: width / 2 + width % 2, height / 2 + height % 2)
  }

  package var pixelCount: Int { Int(width) * Int(height) }
}
