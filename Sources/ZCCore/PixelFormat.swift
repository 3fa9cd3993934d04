/// How a texture stores a pixel: red, green, blue, alpha, straight alpha; or a plane's samples, as red
/// and green.
package enum PixelFormat: UInt32, CaseIterable, Sendable {
  /// Four unsigned bytes, 0…255 for 0…1.
  case rgba8 = 1
  /// Four 32-bit floats, unbounded.
  case rgba32Float = 2
  /// One unsigned byte, 0…255 for 0…1.
  case r8 = 3
  case rg8 = 4
  /// One unsigned word of 16 bits, 0…65535 for 0…1.
  case r16 = 5
  case rg16 = 6

  /// Components of a pixel.
  package var channels: Int {
    switch self {
    case .rgba8, .rgba32Float: 4
    case .r8, .r16: 1
    case .rg8, .rg16: 2
    }
  }

  package var bytesPerPixel: Int {
    switch self {
    case .r8, .rg8, .rgba8: channels
    case .r16, .rg16: channels * 2
    case .rgba32Float: channels * 4
    }
  }

  /// As NumPy names a component.
  package var elementName: String {
    switch bytesPerPixel / channels {
    case 1: "uint8"
    case 2: "uint16"
    default: "float32"
    }
  }
}
