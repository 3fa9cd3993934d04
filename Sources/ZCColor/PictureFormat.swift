/// How a decoded picture lies in memory, by FFmpeg's name for it (`AVPixelFormat`). Samples of more
/// than a byte are little endian.
package enum PictureFormat: String, CaseIterable, Hashable, Sendable {
  case nv12
  case p010 = "p010le"
  case p012 = "p012le"
  case yuv410p
  case yuv411p
  case yuv420p
  case yuv422p
  case yuv440p
  case yuv444p
  case yuv420p10 = "yuv420p10le"
  case yuv422p10 = "yuv422p10le"
  case yuv440p10 = "yuv440p10le"
  case yuv444p10 = "yuv444p10le"
  case yuv420p12 = "yuv420p12le"
  case yuv422p12 = "yuv422p12le"
  case yuv440p12 = "yuv440p12le"
  case yuv444p12 = "yuv444p12le"
  case yuva420p
  case yuva422p
  case yuva444p
  case yuva420p10 = "yuva420p10le"
  case yuva422p10 = "yuva422p10le"
  case yuva444p10 = "yuva444p10le"
  case yuva422p12 = "yuva422p12le"
  case yuva444p12 = "yuva444p12le"
  case gray
  case gray10 = "gray10le"
  case gray12 = "gray12le"
  case gray16 = "gray16le"
  case ya8
  case rgb24
  case bgr24
  case rgba
  case bgra
  case argb
  case abgr
  case rgb0
  case bgr0
  case rgb48 = "rgb48le"
  case rgba64 = "rgba64le"
  case gbrp
  case gbrp10 = "gbrp10le"
  case gbrp12 = "gbrp12le"
  case gbrp14 = "gbrp14le"
  case gbrp16 = "gbrp16le"
  case gbrap
  case gbrap10 = "gbrap10le"
  case gbrap12 = "gbrap12le"
  case gbrap16 = "gbrap16le"
}

extension PictureFormat {
  /// Which samples there are, plane after plane.
  package enum Arrangement: Hashable, Sendable {
    /// Luma; Cb and Cr in turns.
    case paired
    /// Luma, Cb, Cr, each in a plane.
    case planar
    /// Green, blue, red, each in a plane.
    case planarRGB
    /// One plane of pixels of so many samples: at which of them red, green, blue and alpha are.
    case packed(samples: Int, rgba: [Int?])
  }

  package var arrangement: Arrangement {
    switch self {
    case .nv12, .p010, .p012: .paired
    case .gray, .gray10, .gray12, .gray16: .packed(samples: 1, rgba: [0, 0, 0, nil])
    case .ya8: .packed(samples: 2, rgba: [0, 0, 0, 1])
    case .rgb24, .rgb48: .packed(samples: 3, rgba: [0, 1, 2, nil])
    case .bgr24: .packed(samples: 3, rgba: [2, 1, 0, nil])
    case .rgba, .rgba64: .packed(samples: 4, rgba: [0, 1, 2, 3])
    case .bgra: .packed(samples: 4, rgba: [2, 1, 0, 3])
    case .argb: .packed(samples: 4, rgba: [1, 2, 3, 0])
    case .abgr: .packed(samples: 4, rgba: [3, 2, 1, 0])
    case .rgb0: .packed(samples: 4, rgba: [0, 1, 2, nil])
    case .bgr0: .packed(samples: 4, rgba: [2, 1, 0, nil])
    case .gbrp, .gbrp10, .gbrp12, .gbrp14, .gbrp16, .gbrap, .gbrap10, .gbrap12, .gbrap16: .planarRGB
    default: .planar
    }
  }

  /// Luma and chroma, rather than red, green and blue, or gray.
  package var isYCbCr: Bool {
    switch arrangement {
    case .paired, .planar: true
    case .planarRGB, .packed: false
    }
  }

  package var isGray: Bool {
    if case .packed(_, let rgba) = arrangement { rgba[0] == rgba[1] } else { false }
  }

  /// Bits of a sample that say something.
  package var depth: Int {
    switch self {
    case .p010, .yuv420p10, .yuv422p10, .yuv440p10, .yuv444p10, .yuva420p10, .yuva422p10,
      .yuva444p10, .gray10, .gbrp10, .gbrap10:
      10
    case .p012, .yuv420p12, .yuv422p12, .yuv440p12, .yuv444p12, .yuva422p12, .yuva444p12, .gray12,
      .gbrp12, .gbrap12:
      12
    case .gbrp14: 14
    case .gray16, .rgb48, .rgba64, .gbrp16, .gbrap16: 16
    default: 8
    }
  }

  package var bytesPerSample: Int { depth > 8 ? 2 : 1 }

  /// Zero bits below a sample's: P010 keeps v << 6.
  package var shift: Int { [.p010, .p012].contains(self) ? 16 - depth : 0 }

  /// How many columns and rows of luma there are for each of chroma, whose last one may have fewer.
  package var chromaSpan: (columns: Int, rows: Int) {
    switch self {
    case .nv12, .p010, .p012, .yuv420p, .yuv420p10, .yuv420p12, .yuva420p, .yuva420p10: (2, 2)
    case .yuv422p, .yuv422p10, .yuv422p12, .yuva422p, .yuva422p10, .yuva422p12: (2, 1)
    case .yuv440p, .yuv440p10, .yuv440p12: (1, 2)
    case .yuv411p: (4, 1)
    case .yuv410p: (4, 4)
    default: (1, 1)
    }
  }

  /// There is less chroma than luma, so that it matters where it lies.
  package var sharesChroma: Bool { chromaSpan != (1, 1) }

  /// The last plane is alpha, of all bits.
  package var hasAlphaPlane: Bool {
    switch self {
    case .yuva420p, .yuva422p, .yuva444p, .yuva420p10, .yuva422p10, .yuva444p10, .yuva422p12,
      .yuva444p12, .gbrap, .gbrap10, .gbrap12, .gbrap16:
      true
    default: false
    }
  }

  package var planeCount: Int {
    switch arrangement {
    case .paired: 2
    case .planar, .planarRGB: hasAlphaPlane ? 4 : 3
    case .packed: 1
    }
  }

  /// Samples of a plane's pixel.
  package func channels(ofPlane plane: Int) -> Int {
    switch arrangement {
    case .paired: plane == 1 ? 2 : 1
    case .planar, .planarRGB: 1
    case .packed(let samples, _): samples
    }
  }

  /// Columns and rows of a plane, in its own pixels.
  package func size(ofPlane plane: Int, width: Int, height: Int) -> (columns: Int, rows: Int) {
    guard plane == 1 || plane == 2 else { return (width, height) }
    let span = chromaSpan
    return ((width + span.columns - 1) / span.columns, (height + span.rows - 1) / span.rows)
  }
}
