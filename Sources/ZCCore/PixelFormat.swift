/// How a texture stores a pixel: red, green, blue, alpha, straight alpha.
package enum PixelFormat: UInt32, CaseIterable, Sendable {
  /// Four unsigned bytes, 0…255 for 0…1.
  case rgba8 = 1
  /// Four 32-bit floats, unbounded.
  case rgba32Float = 2

  package var bytesPerPixel: Int {
    switch self {
    case .rgba8: 4
    case .rgba32Float: 16
    }
  }
}
