import CColor

extension PictureColor {
  /// The byte that each value of a sample of gray, or of red, green or blue, comes to.
  func levels(depth: Int) -> [UInt8] {
    let top = Double(1 << depth) - 1
    let unit = Double(1 << (depth - 8))
    let (black, span) = isFullRange ? (0, top) : (16 * unit, 219 * unit)
    return (0..<(1 << depth)).map { value in
      UInt8((min(max((Double(value) - black) / span, 0), 1) * 255).rounded())
    }
  }
}

extension zcc_weights {
  /// For chroma of which there is one for `span` samples of luma, so far off the first of them.
  init(span: Int, offset: Double) {
    let bits = span == 4 ? 3 : 2
    func weights(_ phase: Int) -> (UInt16, UInt16, UInt16) {
      // Where a luma sample lies among those of chroma: between -1 and 1.
      let place = (Double(phase) - offset) / Double(span)
      let aside = UInt16(abs(place) * Double(1 << bits))
      let own = UInt16(1 << bits) - aside
      return place < 0 ? (aside, own, 0) : (0, own, aside)
    }
    func used(_ phase: Int) -> (UInt16, UInt16, UInt16) {
      phase < span ? weights(phase) : (0, 0, 0)
    }
    self.init(
      span: Int32(span), bits: Int32(bits), of: (used(0), used(1), used(2), used(3)))
  }
}

extension zcc_matrix {
  /// The transform of a colour in the loops' units.
  init(_ color: PictureColor, depth: Int) {
    let (of, plus) = color.transform(depth: depth)
    let unit = 255.0 * 32
    // Luma is shifted to 15 bits and chroma to 16; products lose 16.
    let luma = unit * 65536 / Double(1 << (15 - depth))
    let chroma = unit * 65536 / Double(1 << (16 - depth))
    func row(_ row: SIMD3<Double>) -> (Int16, Int16, Int16) {
      (Self.word(row.x * luma), Self.word(row.y * chroma), Self.word(row.z * chroma))
    }
    func bias(_ row: SIMD3<Double>, _ plus: Double) -> Int16 {
      // Chroma is counted from the middle. Half a unit rounds, and so does half of what each of
      // three products has lost.
      let middle = (row.y + row.z) * Double(1 << (depth - 1))
      return Self.word((plus + middle) * unit + 16 + 1.5)
    }
    self.init(
      of: (row(of[0]), row(of[1]), row(of[2])),
      bias: (bias(of[0], plus.x), bias(of[1], plus.y), bias(of[2], plus.z)))
  }

  private static func word(_ value: Double) -> Int16 {
    Int16(min(max(value.rounded(), -32768), 32767))
  }
}
