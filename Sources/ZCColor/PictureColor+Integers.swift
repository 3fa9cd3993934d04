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
  /// For chroma that lies so far off luma; nil where there is as much of it as of luma.
  init(offset: Double?) {
    guard let offset else {
      self.init(even: (0, 4), odd: (0, 0))
      return
    }
    // Luma sample x lies at (x - offset) / 2 among those of chroma, -0.5…0 for the first.
    let even = UInt16((1 - offset / 2) * 4)
    let odd = UInt16((1 - (1 - offset) / 2) * 4)
    self.init(even: (4 - even, even), odd: (odd, 4 - odd))
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
