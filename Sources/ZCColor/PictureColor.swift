/// A picture's colour with nothing left open: what its stream says, and a guess for what it does not.
package struct PictureColor: Hashable, Sendable {
  package var matrix: YCbCrMatrix
  package var isFullRange: Bool
  /// Where chroma lies; of no meaning where it is as fine as luma.
  package var siting: ColorDescription.Siting
  /// What was guessed, in words, one for each.
  package var guesses: [String] = []

  package init(
    matrix: YCbCrMatrix, isFullRange: Bool, siting: ColorDescription.Siting = .left
  ) {
    self.matrix = matrix
    self.isFullRange = isFullRange
    self.siting = siting
  }

  /// The rule for what a stream leaves open. `isFullByName`: the format's name says that the range
  /// is full, as those of JPEG do.
  ///
  /// Matrix: BT.709 from 1280 columns or 577 rows on, else BT.601. Range: full for RGB and gray,
  /// else limited. Siting: on the left, as MPEG-2, H.264, HEVC and DV have it, and half-way down;
  /// BT.2020 has it in the row of luma, too.
  package init(
    _ stated: ColorDescription, _ format: PictureFormat, isFullByName: Bool = false, width: Int,
    height: Int
  ) {
    var guesses: [String] = []
    matrix = .identity
    siting = .left
    if format.isYCbCr {
      if let matrix = YCbCrMatrix(code: stated.matrix) {
        self.matrix = matrix
      } else {
        let isLarge = width >= 1280 || height > 576
        matrix =
          [10, 13, 14].contains(stated.matrix) || stated.primaries == 9
          ? .bt2020 : isLarge ? .bt709 : .bt601
        let reason =
          stated.matrix == 2 || stated.matrix == 3
          ? "the stream does not say" : "\(stated.matrix) of ITU-T H.273 is not known here"
        guesses.append("matrix \(matrix.rawValue): \(reason)")
      }
    }
    switch stated.range {
    case .limited where !isFullByName: isFullRange = false
    case .limited, .full: isFullRange = true
    case .unspecified:
      isFullRange = isFullByName || !format.isYCbCr
      // RGB is of full range unless somebody says otherwise.
      if format.isYCbCr || format.isGray, !isFullByName {
        guesses.append("range \(isFullRange ? "full" : "limited"): the stream does not say")
      }
    }
    if format.sharesChroma {
      siting = stated.siting
      if siting == .unspecified {
        siting = matrix == .bt2020 && format.chromaSpan.rows > 1 ? .topLeft : .left
        guesses.append(
          "chroma \(siting == .left ? "left" : "top left"): the stream does not say")
      }
    }
    self.guesses = guesses
  }
}

extension PictureColor {
  /// How many columns and rows of luma the first chroma sample lies off the first luma sample:
  /// with the first, the last, or half-way between, of those that it is for.
  package func chromaOffset(in format: PictureFormat) -> (across: Double, down: Double) {
    let (across, down): (Double, Double) =
      switch siting {
      case .unspecified, .left: (0, 0.5)
      case .center: (0.5, 0.5)
      case .topLeft: (0, 0)
      case .top: (0.5, 0)
      case .bottomLeft: (0, 1)
      case .bottom: (0.5, 1)
      }
    let span = format.chromaSpan
    return (across * Double(span.columns - 1), down * Double(span.rows - 1))
  }

  /// How RGB comes of a picture's samples, which are numbers of `depth` bits: 0…1 each is
  /// `of` · (luma, Cb, Cr) + `plus`. For gray, luma alone counts.
  package func transform(depth: Int) -> (of: [SIMD3<Double>], plus: SIMD3<Double>) {
    // From ITU-T H.273, 8.3: levels of 8 bits are multiplied for more.
    let unit = Double(1 << (depth - 8))
    let top = Double(1 << depth) - 1
    let (black, lumaSpan) = isFullRange ? (0, top) : (16 * unit, 219 * unit)
    let isRGB = matrix == .identity
    let neutral = isRGB ? black : 128 * unit
    let chromaSpan = isRGB ? lumaSpan : isFullRange ? top : 224 * unit
    let scale = SIMD3(1 / lumaSpan, 1 / chromaSpan, 1 / chromaSpan)
    let zero = SIMD3(black, neutral, neutral)
    let of = matrix.rows.map { $0 * scale }
    return (of, SIMD3(-(of[0] * zero).sum(), -(of[1] * zero).sum(), -(of[2] * zero).sum()))
  }
}
