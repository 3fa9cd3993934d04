/// What a stream says of its colour: the numbers of ITU-T H.273, 2 where it says nothing.
package struct ColorDescription: Hashable, Sendable {
  /// MatrixCoefficients.
  package var matrix = 2
  /// ColourPrimaries.
  package var primaries = 2
  /// TransferCharacteristics.
  package var transfer = 2
  package var range = Range.unspecified
  package var siting = Siting.unspecified

  package enum Range: Int, Hashable, Sendable {
    case unspecified, limited, full
  }

  /// Where chroma samples lie among those of luma.
  package enum Siting: Int, Hashable, Sendable {
    case unspecified, left, center, topLeft, top, bottomLeft, bottom
  }

  package init() {}
}

extension ColorDescription {
  /// Shown as it is a picture of high dynamic range looks dull: PQ (SMPTE ST 2084), or HLG (ARIB
  /// STD-B67).
  package var hdr: String? {
    switch transfer {
    case 16: "pq"
    case 18: "hlg"
    default: nil
    }
  }
}
