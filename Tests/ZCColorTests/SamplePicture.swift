import ZCCore

@testable import ZCColor

/// A picture of any format with samples of its own, and what it looks like by the definitions, in
/// double precision: slow, and written without a look at how the engine does it.
struct SamplePicture {
  let format: PictureFormat
  let width: Int
  let height: Int
  /// Samples by plane, row after row.
  private(set) var samples: [[Int]] = []

  /// Samples of all values, anyhow.
  init(_ format: PictureFormat, width: Int, height: Int, seed: UInt64 = 1) {
    self.format = format
    self.width = width
    self.height = height
    var state = seed
    for plane in 0..<format.planeCount {
      let size = format.size(ofPlane: plane, width: width, height: height)
      let count = size.columns * size.rows * format.channels(ofPlane: plane)
      samples.append(
        (0..<count).map { _ in
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          return Int(state >> 33) % (1 << format.depth)
        })
    }
  }

  /// A gray picture of these levels.
  init(gray: [Int], width: Int, height: Int) {
    format = .gray
    self.width = width
    self.height = height
    samples = [gray]
  }

  /// One pixel of these samples.
  init(_ format: PictureFormat, pixel: [[Int]]) {
    self.format = format
    (width, height) = (1, 1)
    samples = pixel
  }

  /// Looks at it in memory: rows `padding` bytes longer than they need be, or upside down.
  func withPlanes<R>(
    padding: Int = 0, upsideDown: Bool = false, _ body: (PicturePlanes) throws -> R
  ) throws -> R {
    var memory: [[UInt8]] = []
    for (plane, values) in samples.enumerated() {
      let size = format.size(ofPlane: plane, width: width, height: height)
      let channels = format.channels(ofPlane: plane)
      var bytes: [UInt8] = []
      for row in 0..<size.rows {
        let at = (upsideDown ? size.rows - 1 - row : row) * size.columns * channels
        for value in values[at..<at + size.columns * channels] {
          let word = value << format.shift
          bytes.append(UInt8(word & 255))
          if format.bytesPerSample == 2 { bytes.append(UInt8(word >> 8)) }
        }
        // What is beyond a row shall not be seen.
        bytes += [UInt8](repeating: 0xAA, count: padding)
      }
      memory.append(bytes)
    }
    let joined = memory.flatMap { $0 }
    return try unsafe joined.withUnsafeBytes { all in
      var start = 0
      var planes: [PicturePlanes.Plane] = []
      for (plane, bytes) in memory.enumerated() {
        let size = format.size(ofPlane: plane, width: width, height: height)
        let stride = bytes.count / size.rows
        let first = start + (upsideDown ? bytes.count - stride : 0)
        guard let base = all.baseAddress else { throw ZCError.badBuffer("none") }
        planes.append(
          unsafe .init(
            base + first, stride: upsideDown ? -stride : stride, rows: size.rows,
            rowBytes: stride - padding))
        start += bytes.count
      }
      return try body(PicturePlanes(format, width: width, height: height, planes: planes))
    }
  }

  /// Red, green, blue, alpha of a pixel, 0…255 without rounding.
  func pixel(_ x: Int, _ y: Int, _ color: PictureColor) -> [Double] {
    let top = Double(1 << format.depth) - 1
    let step = Double(1 << format.depth) / 256
    func level(_ value: Double) -> Double {
      color.isFullRange ? value / top : (value / step - 16) / 219
    }
    func sample(_ plane: Int, _ channel: Int = 0) -> Double {
      Double(samples[plane][(y * width + x) * format.channels(ofPlane: plane) + channel])
    }
    var rgba = [0.0, 0, 0, 1]
    switch format.arrangement {
    case .packed(_, let order):
      for (index, channel) in order.enumerated() {
        guard let channel else { continue }
        rgba[index] = index == 3 ? sample(0, channel) / top : level(sample(0, channel))
      }
    case .planarRGB:
      rgba = [level(sample(2)), level(sample(0)), level(sample(1)), 1]
      if format.hasAlphaPlane { rgba[3] = sample(3) / top }
    case .paired, .planar:
      let luma = level(sample(0))
      let chroma = (0..<2).map { self.chroma($0, x, y, color) }
      if format.hasAlphaPlane { rgba[3] = sample(3) / top }
      if color.matrix == .identity {
        rgba[0...2] = [level(chroma[1]), luma, level(chroma[0])]
      } else {
        let middle = top / 2 + 0.5
        let span = color.isFullRange ? top : 224 * step
        rgba[0...2] =
          Self.rgb(
            luma, (chroma[0] - middle) / span, (chroma[1] - middle) / span, color.matrix)[...]
      }
    }
    return rgba.map { min(max($0, 0), 1) * 255 }
  }

  /// Bilinear between the samples of chroma around a pixel, the outermost repeated.
  private func chroma(_ index: Int, _ x: Int, _ y: Int, _ color: PictureColor) -> Double {
    let isPaired = format.arrangement == .paired
    let plane = isPaired ? 1 : 1 + index
    let size = format.size(ofPlane: plane, width: width, height: height)
    func at(_ column: Int, _ row: Int) -> Double {
      let column = min(max(column, 0), size.columns - 1)
      let row = min(max(row, 0), size.rows - 1)
      let place = row * size.columns + column
      return Double(samples[plane][isPaired ? place * 2 + index : place])
    }
    let isCentered = [.center, .top, .bottom].contains(color.siting)
    let down: [ColorDescription.Siting: Double] = [
      .left: 0.5, .center: 0.5, .bottomLeft: 1, .bottom: 1,
    ]
    let (columns, rows) = Self.shared(format.rawValue)
    // Half-way between the first and the last of those that it is for.
    let u = (Double(x) - (isCentered ? (columns - 1) / 2 : 0)) / columns
    let v = (Double(y) - (rows - 1) * (down[color.siting] ?? 0)) / rows
    let (i, j) = (Int(u.rounded(.down)), Int(v.rounded(.down)))
    let (fu, fv) = (u - u.rounded(.down), v - v.rounded(.down))
    return (at(i, j) * (1 - fu) + at(i + 1, j) * fu) * (1 - fv)
      + (at(i, j + 1) * (1 - fu) + at(i + 1, j + 1) * fu) * fv
  }

  /// Columns and rows of luma for each of chroma, by a format's name.
  private static func shared(_ name: String) -> (columns: Double, rows: Double) {
    let kinds: [(String, Double, Double)] = [
      ("410", 4, 4), ("411", 4, 1), ("420", 2, 2), ("422", 2, 1), ("440", 1, 2), ("444", 1, 1),
    ]
    let kind = kinds.first { name.contains($0.0) }
    // The rest is NV12 and P01x.
    return kind.map { ($0.1, $0.2) } ?? (2, 2)
  }

  private static func rgb(_ y: Double, _ cb: Double, _ cr: Double, _ matrix: YCbCrMatrix)
    -> [Double]
  {
    let weights: [YCbCrMatrix: (Double, Double)] = [
      .bt601: (0.299, 0.114), .bt709: (0.2126, 0.0722), .bt2020: (0.2627, 0.0593),
      .smpte240M: (0.212, 0.087), .fcc: (0.3, 0.11),
    ]
    guard let (kr, kb) = weights[matrix] else {  // YCgCo
      return [y - cb + cr, y + cb, y - cb - cr]
    }
    let red = y + 2 * (1 - kr) * cr
    let blue = y + 2 * (1 - kb) * cb
    return [red, (y - kr * red - kb * blue) / (1 - kr - kb), blue]
  }
}
