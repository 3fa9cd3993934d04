/// How red, green and blue come of luma and chroma, by FFmpeg's names.
package enum YCbCrMatrix: String, CaseIterable, Hashable, Sendable {
  case bt601 = "smpte170m"
  case bt709
  case bt2020 = "bt2020nc"
  case smpte240M = "smpte240m"
  case fcc
  case identity = "rgb"
  case yCgCo = "ycgco"

  /// MatrixCoefficients of ITU-T H.273; nil where none of these is meant, or none is said.
  package init?(code: Int) {
    switch code {
    case 0: self = .identity
    case 1: self = .bt709
    case 4: self = .fcc
    case 5, 6: self = .bt601
    case 7: self = .smpte240M
    case 8: self = .yCgCo
    case 9: self = .bt2020
    default: return nil
    }
  }

  /// Rows for red, green and blue, of luma 0…1 and of Cb and Cr -0.5…0.5 (of 0…1 each for
  /// ``identity``).
  ///
  /// From ITU-T H.273, 8.3: with E'Y = Kr R + (1 - Kr - Kb) G + Kb B, E'Pb = (B - E'Y) / 2 (1 - Kb)
  /// and E'Pr = (R - E'Y) / 2 (1 - Kr), solved for R, G and B.
  package var rows: [SIMD3<Double>] {
    switch self {
    case .bt601: Self.rows(kr: 0.299, kb: 0.114)
    case .bt709: Self.rows(kr: 0.2126, kb: 0.0722)
    case .bt2020: Self.rows(kr: 0.2627, kb: 0.0593)
    case .smpte240M: Self.rows(kr: 0.212, kb: 0.087)
    case .fcc: Self.rows(kr: 0.30, kb: 0.11)
    case .identity: [[0, 0, 1], [1, 0, 0], [0, 1, 0]]
    case .yCgCo: [[1, -1, 1], [1, 1, 0], [1, -1, -1]]
    }
  }

  private static func rows(kr: Double, kb: Double) -> [SIMD3<Double>] {
    let kg = 1 - kr - kb
    return [
      [1, 0, 2 * (1 - kr)],
      [1, -2 * kb * (1 - kb) / kg, -2 * kr * (1 - kr) / kg],
      [1, 2 * (1 - kb), 0],
    ]
  }
}
