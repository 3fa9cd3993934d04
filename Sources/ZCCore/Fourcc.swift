/// How memory holds pixels, by DRM's name for it: four characters, the first in the lowest byte.
/// The names are those of drm_fourcc.h.
package struct Fourcc: Hashable, Sendable, CustomStringConvertible {
  package let code: UInt32

  package init(code: UInt32) { self.code = code }

  /// From its characters, one to four; spaces fill up. Nil for what no name can be.
  package init?(_ name: String) {
    let bytes = Array(name.utf8)
    guard (1...4).contains(bytes.count), bytes.allSatisfy({ (0x20...0x7E).contains($0) }) else {
      return nil
    }
    let padded = bytes + Array(repeating: UInt8(ascii: " "), count: 4 - bytes.count)
    code = padded.reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  private init(_ a: Character, _ b: Character, _ c: Character, _ d: Character) {
    code = [d, c, b, a].reduce(0) { $0 << 8 | UInt32($1.asciiValue ?? 0) }
  }

  package static let nv12 = Fourcc("N", "V", "1", "2")
  package static let p010 = Fourcc("P", "0", "1", "0")
  package static let r8 = Fourcc("R", "8", " ", " ")
  package static let gr88 = Fourcc("G", "R", "8", "8")
  package static let r16 = Fourcc("R", "1", "6", " ")
  package static let gr1616 = Fourcc("G", "R", "3", "2")
  package static let argb8888 = Fourcc("A", "R", "2", "4")
  package static let xrgb8888 = Fourcc("X", "R", "2", "4")
  package static let abgr8888 = Fourcc("A", "B", "2", "4")
  package static let xbgr8888 = Fourcc("X", "B", "2", "4")
  package static let rgba8888 = Fourcc("R", "A", "2", "4")
  package static let rgbx8888 = Fourcc("R", "X", "2", "4")
  package static let bgra8888 = Fourcc("B", "A", "2", "4")
  package static let bgrx8888 = Fourcc("B", "X", "2", "4")

  /// Those whose planes are known here.
  package static let known: [Fourcc] = [
    .nv12, .p010, .r8, .gr88, .r16, .gr1616, .argb8888, .xrgb8888, .abgr8888, .xbgr8888,
    .rgba8888, .rgbx8888, .bgra8888, .bgrx8888,
  ]

  /// Its planes in order; nil for one that is not known here.
  package var planes: [PlaneFormat]? {
    switch self {
    case .nv12: [PlaneFormat(.r8, 1), PlaneFormat(.gr88, 2, isHalved: true)]
    case .p010: [PlaneFormat(.r16, 2), PlaneFormat(.gr1616, 4, isHalved: true)]
    case .r8: [PlaneFormat(self, 1)]
    case .gr88, .r16: [PlaneFormat(self, 2)]
    case _ where Fourcc.known.contains(self): [PlaneFormat(self, 4)]
    default: nil
    }
  }

  /// The name between quotes, or the number.
  package var description: String { name.hasPrefix("0x") ? name : "'\(name)'" }

  /// The characters, without spaces at the end; the number where they are none.
  package var name: String {
    let bytes = (0..<4).map { UInt8(truncatingIfNeeded: code >> ($0 * 8)) }
    guard bytes.allSatisfy({ (0x20...0x7E).contains($0) }) else {
      return "0x" + String(code, radix: 16)
    }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.hasSuffix(" ") ? String(text.prefix { $0 != " " }) : text
  }
}

/// One plane of a surface: how it lies in memory when it is a picture of its own.
package struct PlaneFormat: Hashable, Sendable {
  package let fourcc: Fourcc
  package let bytesPerPixel: Int
  /// Half as wide and half as high as the surface, rounded up.
  package let isHalved: Bool

  init(_ fourcc: Fourcc, _ bytesPerPixel: Int, isHalved: Bool = false) {
    self.fourcc = fourcc
    self.bytesPerPixel = bytesPerPixel
    self.isHalved = isHalved
  }
}
