import Testing
import ZCCore

@testable import ZCContext

@Suite("PixelSource")
struct PixelSourceTests {
  /// The picture that GL gets of `bytes`, whose row 0 stands at `start`.
  private func bottomUp(
    _ bytes: [UInt8], start: Int = 0, rowStride: Int? = nil, channels: Int, isFloat: Bool = false,
    _ extent: Extent
  ) throws -> [UInt8] {
    try unsafe withAddress(of: bytes) { memory in
      let source = try unsafe PixelSource(
        memory + start, available: bytes.count - start, rowStride: rowStride, channels: channels,
        isFloat: isFloat, extent: extent)
      return unsafe [UInt8](try source.bottomUp().bytes)
    }
  }

  private static func bytes(_ number: Float) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> ($0 * 8)) }
  }

  private let rows: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14, 15, 16, 17, 18]

  @Test("the top row in memory becomes GL's last")
  func turnsOver() throws {
    #expect(
      try bottomUp(rows, channels: 4, try extent(2, 2))
        == [11, 12, 13, 14, 15, 16, 17, 18, 1, 2, 3, 4, 5, 6, 7, 8])
  }

  @Test("three components get an opaque fourth")
  func expands() throws {
    #expect(
      try bottomUp([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], channels: 3, try extent(2, 2))
        == [7, 8, 9, 255, 10, 11, 12, 255, 1, 2, 3, 255, 4, 5, 6, 255])
  }

  @Test("three floats get an opaque fourth, wherever they lie")
  func expandsFloats() throws {
    let numbers: [Float] = [0.5, -2, 1e10]
    let bytes = [0] + numbers.flatMap(Self.bytes)
    #expect(
      try bottomUp(bytes, start: 1, channels: 3, isFloat: true, .pixel)
        == (numbers + [1]).flatMap(Self.bytes))
  }

  @Test("rows may lie apart, and the last needs no room behind it")
  func strides() throws {
    let bytes: [UInt8] = [1, 2, 3, 4, 0, 0, 5, 6, 7, 8]
    #expect(
      try bottomUp(bytes, rowStride: 6, channels: 4, try extent(1, 2)) == [5, 6, 7, 8, 1, 2, 3, 4])
  }

  @Test("a negative stride reads rows backwards")
  func negative() throws {
    #expect(
      try bottomUp(rows, start: 8, rowStride: -8, channels: 4, try extent(2, 2)) == rows)
  }

  @Test(
    "too short a buffer is refused, and so are rows that overlap",
    arguments: [
      (15, nil), (0, nil), (16, 7), (16, 9), (100, 0), (100, .max), (.max, .max),
    ] as [(Int, Int?)])
  func short(available: Int, rowStride: Int?) throws {
    let extent = try extent(2, 2)
    try unsafe withAddress(of: rows) { start in
      let error = #expect(throws: ZCError.self) {
        try unsafe PixelSource(
          start, available: available, rowStride: rowStride, channels: 4, isFloat: false,
          extent: extent)
      }
      guard case .badBuffer? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  @Test("2 or 5 components are refused, and so are floats off their places")
  func refused() throws {
    try unsafe withAddress(of: rows) { start in
      for channels in [-1, 0, 1, 2, 5, .max] {
        #expect(
          throws: ZCError.badBuffer("a picture has 3 or 4 components a pixel, not \(channels)")
        ) {
          try unsafe PixelSource(
            start, available: 16, rowStride: nil, channels: channels, isFloat: false,
            extent: .pixel)
        }
      }
      for stride in [17, -17, .min + 1] {
        #expect(
          throws: ZCError.badBuffer(
            "rows of floats are \(stride) bytes apart, no multiple of 4")
        ) {
          try unsafe PixelSource(
            start, available: 1000, rowStride: stride, channels: 4, isFloat: true, extent: .pixel)
        }
      }
    }
  }
}
