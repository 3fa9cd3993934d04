package import ZCCore
package import ZCGL

/// What a texture of a ``RecordingGL`` shows: known by how it came about.
package indirect enum Picture: Hashable, Sendable {
  /// Whatever lay in memory.
  case undefined
  /// Transparent black.
  case clear
  /// What a draw left; draws are counted from 1. Every byte reads as that number.
  case draw(Int)
  /// Uploaded, bottom row first.
  case bytes([UInt8])
  /// Whatever lies in another's memory, by the texture that reads it.
  case memory(UInt32)
  case flipped(Picture)
  case scaled(Picture, from: Extent)
  /// Six sides.
  case cube([Picture])

  /// The sides of a cube, nil for a picture.
  package var faces: [Picture]? { if case .cube(let sides) = self { sides } else { nil } }

  /// The bytes of row `y`, counted from the bottom; nil where they are not known.
  func row(_ y: Int, of extent: Extent, bytesPerPixel: Int) -> [UInt8]? {
    let length = Int(extent.width) * bytesPerPixel
    switch self {
    case .clear: return [UInt8](repeating: 0, count: length)
    case .draw(let number):
      return [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: length)
    case .bytes(let bytes):
      guard bytes.count >= (y + 1) * length else { return nil }
      return Array(bytes[y * length..<(y + 1) * length])
    case .flipped(let picture):
      return picture.row(Int(extent.height) - 1 - y, of: extent, bytesPerPixel: bytesPerPixel)
    case .undefined, .scaled, .cube, .memory: return nil
    }
  }
}

/// One draw as a ``RecordingGL`` saw it.
package struct Draw: Hashable, Sendable {
  package var number = 0
  package var program: UInt32 = 0
  /// The texture that was drawn into.
  package var target: UInt32 = 0
  package var extent = Extent.pixel
  package var vertexCount: Int32 = 0
  package var uniforms: [String: UniformValue] = [:]
  /// What each sampler showed.
  package var samples: [String: Picture] = [:]
  /// The texture each sampler read.
  package var sampled: [String: UInt32] = [:]
}
