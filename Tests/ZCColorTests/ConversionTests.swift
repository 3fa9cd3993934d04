import Testing
import ZCCore

@testable import ZCColor

@Suite("pictures become RGBA")
struct ConversionTests {
  /// The most that any component is off the definition, in units of a byte.
  private func error(
    _ picture: SamplePicture, _ color: PictureColor, padding: Int = 0, upsideDown: Bool = false
  ) throws -> Double {
    let found = try rgba(picture, color, padding: padding, upsideDown: upsideDown)
    var worst = 0.0
    for y in 0..<picture.height {
      for x in 0..<picture.width {
        let expected = picture.pixel(x, y, color)
        for c in 0..<4 {
          let value = Double(found[(y * picture.width + x) * 4 + c])
          worst = max(worst, abs(value - expected[c]))
        }
      }
    }
    return worst
  }

  private func rgba(
    _ picture: SamplePicture, _ color: PictureColor, _ orientation: Orientation = .upright,
    bottomFirst: Bool = false, padding: Int = 0, upsideDown: Bool = false
  ) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: picture.width * picture.height * 4)
    try picture.withPlanes(padding: padding, upsideDown: upsideDown) { planes in
      try unsafe bytes.withUnsafeMutableBytes {
        try unsafe planes.writeRGBA(color, orientation, bottomFirst: bottomFirst, to: $0)
      }
    }
    return bytes
  }

  private static let sizes = [
    (1, 1), (2, 2), (3, 5), (1, 7), (7, 9), (8, 1), (37, 5), (64, 6), (62, 3), (131, 9),
  ]
  private static let sitings: [ColorDescription.Siting] = [
    .left, .center, .topLeft, .top, .bottomLeft, .bottom,
  ]

  @Test("every format and size is within 0.6 of a byte's unit", arguments: PictureFormat.allCases)
  func formats(format: PictureFormat) throws {
    for (width, height) in Self.sizes {
      for isFullRange in [false, true] {
        let color = PictureColor(
          matrix: format.isYCbCr ? .bt709 : .identity, isFullRange: isFullRange)
        let picture = SamplePicture(format, width: width, height: height, seed: UInt64(width))
        let worst = try error(picture, color, padding: 7)
        #expect(worst <= 0.6, "\(width) x \(height), full \(isFullRange)")
      }
    }
  }

  @Test("so is every matrix, range and place of chroma", arguments: YCbCrMatrix.allCases)
  func matrices(matrix: YCbCrMatrix) throws {
    for format in PictureFormat.allCases where format.isYCbCr {
      let picture = SamplePicture(format, width: 33, height: 7)
      for isFullRange in [false, true] {
        for siting in Self.sitings {
          let color = PictureColor(matrix: matrix, isFullRange: isFullRange, siting: siting)
          let worst = try error(picture, color)
          #expect(worst <= 0.6, "\(format), full \(isFullRange), \(siting)")
        }
      }
    }
  }

  @Test("rows that lie the other way round in memory are the same picture")
  func upsideDown() throws {
    for format in [PictureFormat.nv12, .yuv422p10, .rgb24, .gbrp] {
      let picture = SamplePicture(format, width: 5, height: 5)
      let color = PictureColor(matrix: .bt601, isFullRange: false)
      #expect(try rgba(picture, color, upsideDown: true) == rgba(picture, color))
    }
  }

  /// From the definition: 219 · Y + 16 and 224 · C + 128 of BT.601's primaries, rounded.
  @Test(
    "known colours are known",
    arguments: [
      ([235, 128, 128], [255, 255, 255]), ([16, 128, 128], [0, 0, 0]),
      ([81, 90, 240], [255, 0, 0]), ([145, 54, 34], [0, 255, 0]), ([41, 240, 110], [0, 0, 255]),
    ])
  func knownColors(yuv: [Int], rgb: [Int]) throws {
    let picture = SamplePicture(.yuv444p, pixel: yuv.map { [$0] })
    let found = try rgba(picture, PictureColor(matrix: .bt601, isFullRange: false))
    for (value, expected) in zip(found, rgb + [255]) { #expect(abs(Int(value) - expected) <= 1) }
  }

  @Test("a picture is turned and mirrored as a player shows it, either row first")
  func orientations() throws {
    // Gray levels 10 20 30 / 40 50 60.
    let picture = SamplePicture(gray: [10, 20, 30, 40, 50, 60], width: 3, height: 2)
    let color = PictureColor(matrix: .identity, isFullRange: true)
    let expected: [(Int, Bool, [UInt8])] = [
      (0, false, [10, 20, 30, 40, 50, 60]), (90, false, [40, 10, 50, 20, 60, 30]),
      (180, false, [60, 50, 40, 30, 20, 10]), (270, false, [30, 60, 20, 50, 10, 40]),
      (0, true, [30, 20, 10, 60, 50, 40]), (90, true, [60, 30, 50, 20, 40, 10]),
      (180, true, [40, 50, 60, 10, 20, 30]), (-90, true, [10, 40, 20, 50, 30, 60]),
    ]
    for (degrees, isMirrored, grays) in expected {
      let orientation = Orientation(degrees: degrees, isMirrored: isMirrored)
      let top = try rgba(picture, color, orientation)
      #expect(stride(from: 0, to: 24, by: 4).map { top[$0] } == grays)
      let bottom = try rgba(picture, color, orientation, bottomFirst: true)
      let row = (orientation.swapsSides ? 2 : 3) * 4
      let turned = stride(from: 24 - row, through: 0, by: -row).flatMap { top[$0..<$0 + row] }
      #expect(bottom == turned)
    }
  }

  @Test("planes that do not hold the picture are an error")
  func refusals() throws {
    let bytes = [UInt8](repeating: 0, count: 64)
    try unsafe bytes.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      func planes(_ stride: Int, _ rows: Int, _ rowBytes: Int, count: Int = 1, width: Int = 4)
        throws(ZCError) -> PicturePlanes
      {
        let plane = unsafe PicturePlanes.Plane(
          base, stride: stride, rows: rows, rowBytes: rowBytes)
        return try PicturePlanes(
          .nv12, width: width, height: 4,
          planes: [plane] + [PicturePlanes.Plane](repeating: plane, count: count))
      }
      _ = try planes(4, 4, 4)
      #expect(throws: ZCError.self) { try planes(4, 3, 4) }
      #expect(throws: ZCError.self) { try planes(4, 4, 3) }
      #expect(throws: ZCError.self) { try planes(3, 4, 4) }
      #expect(throws: ZCError.self) { try planes(4, 4, 4, count: 0) }
      #expect(throws: ZCError.self) { try planes(4, 4, 4, width: 0) }
      #expect(throws: ZCError.self) { try planes(4, 4, 4, width: Int.max) }
      let whole = try planes(4, 4, 4)
      var small = [UInt8](repeating: 0, count: 63)
      _ = unsafe small.withUnsafeMutableBytes { small in
        #expect(throws: ZCError.self) {
          try unsafe whole.writeRGBA(PictureColor(matrix: .bt601, isFullRange: true), to: small)
        }
      }
    }
  }
}
