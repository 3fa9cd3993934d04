import Testing
import ZCCore

@testable import ZCAudio

@Suite("a caller's samples")
struct SampleSourceTests {
  private func made(
    available: Int = 64, _ format: SampleSource.Format = .int16, rate: Double = 8000,
    channels: Int64 = 2, count: Int64 = 4, channelStride: Int64 = 2, sampleStride: Int64 = 4
  ) throws -> Audio {
    let block = [UInt8](repeating: 0, count: 64)
    return try unsafe block.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { throw ZCError.badBuffer("none") }
      return try Audio(
        unsafe SampleSource(
          start, available: available, format: format, rate: rate,
          channels: channels, count: count, channelStride: channelStride,
          sampleStride: sampleStride))
    }
  }

  @Test("what lies within the memory is taken, to the byte")
  func fits() throws {
    #expect(try made(available: 16).count == 4)
    #expect(throws: ZCError.self) { try made(available: 15) }
    #expect(try made(available: 0, count: 0).count == 0)
    #expect(
      try made(available: 3, .int24, channels: 64, count: 5, channelStride: 0, sampleStride: 0)
        .channelCount == 64)
  }

  @Test("no samples may be any distance apart", arguments: [Int64.max, 1 << 62, 0])
  func nothing(stride: Int64) throws {
    let none = try made(channels: 64, count: 0, channelStride: stride, sampleStride: stride)
    #expect(none.count == 0)
  }

  @Test(
    "no number of a caller's overflows",
    arguments: [Int64.max, .min, .max / 2, -1, 1 << 62])
  func extremes(number: Int64) {
    #expect(throws: ZCError.self) { try made(channels: number) }
    #expect(throws: ZCError.self) { try made(count: number) }
    #expect(throws: ZCError.self) { try made(channelStride: number) }
    #expect(throws: ZCError.self) { try made(sampleStride: number) }
    #expect(throws: ZCError.self) {
      try made(channels: 64, count: 1 << 20, channelStride: number, sampleStride: number)
    }
  }

  @Test("a rate is a number of samples a second", arguments: [0, -1, .nan, .infinity, 1e8])
  func rates(rate: Double) {
    #expect(throws: ZCError.self) { try made(rate: rate) }
  }
}
