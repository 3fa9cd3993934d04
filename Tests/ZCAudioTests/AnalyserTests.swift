import Glibc
import Testing
import ZCCore

@testable import ZCAudio

/// A sound of these channels at a rate.
func sound(_ channels: [[Float]], rate: Double = 1000) throws -> Audio {
  let samples = Array(channels.joined())
  let count = channels.first?.count ?? 0
  return try unsafe samples.withUnsafeBytes { bytes in
    guard let start = bytes.baseAddress else { throw ZCError.badBuffer("none") }
    return try Audio(
      unsafe SampleSource(
        start, available: bytes.count, format: .float32, rate: rate,
        channels: Int64(channels.count), count: Int64(count), channelStride: Int64(count * 4),
        sampleStride: 4))
  }
}

@Suite("what a shader reads of a sound")
struct AnalyserTests {
  @Test(
    "a transform gives the amplitudes that the definition gives",
    arguments: [4, 8, 64, 1024, 4096])
  func definition(size: Int) throws {
    var state: UInt64 = 1
    let samples = (0..<size).map { _ -> Double in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / 0x1p52 - 1
    }
    let found = FourierTransform(size: size).amplitudes(of: samples)
    #expect(found.count == size / 2)
    let step = max(1, size / 2 / 64)
    for bin in stride(from: 0, to: size / 2, by: step) {
      var (real, imaginary, weight) = (0.0, 0.0, 0.0)
      for (index, sample) in samples.enumerated() {
        let turn = 2 * Double.pi * Double(index) / Double(size)
        let window = 0.5 - 0.5 * cos(turn)
        weight += window
        real += sample * window * cos(turn * Double(bin))
        imaginary -= sample * window * sin(turn * Double(bin))
      }
      let expected = hypot(real, imaginary) * (bin == 0 ? 1 : 2) / weight
      #expect(abs(found[bin] - expected) < 1e-11, "bin \(bin) of \(size)")
    }
  }

  @Test("neighbours are one column, as evenly as it goes")
  func groups() throws {
    let ramp = (0..<1024).map { Float($0) / 1024 }
    let audio = try sound([ramp])
    for columns: Int32 in [2, 3, 1000, 1024] {
      let analyser = Analyser(.waveform, columns: columns, limit: 16384)
      let values = analyser.values(of: audio, heard: 1024)
      #expect(values.count == Int(columns))
      for (column, value) in values.enumerated() {
        let group = column * 1024 / Int(columns)..<(column + 1) * 1024 / Int(columns)
        let mean = group.reduce(0.0) { $0 + Double($1) / 1024 } / Double(group.count)
        #expect(abs(Double(value) - (0.5 + mean / 2)) < 1e-6)
      }
    }
  }

  @Test("a texture is no wider than one can be")
  func limit() {
    #expect(Analyser(.waveform, columns: .max, limit: 4096).columns == 4096)
    #expect(Analyser(.spectrum, columns: .max, limit: .max).columns == 16384)
    #expect(Analyser(.spectrum, columns: nil, limit: 256).columns == 256)
    #expect(Analyser(.waveform, columns: 0, limit: 16384).columns == 1024)
    #expect(Analyser(.spectrum, columns: .min, limit: 16384).columns == 512)
  }

  @Test(
    "no time is too early, too late or too odd",
    arguments: [-1e300, -1, 0, 0.0005, 1, 1e300, .infinity, -.infinity])
  func times(time: Double) throws {
    let audio = try sound([[1, 1, 1], [0, 0, 0]], rate: 1e7)
    let analyser = Analyser(.waveform, columns: 8, limit: 16384)
    let heard = analyser.heard(of: audio, at: time)
    #expect((0...audio.count + 1024).contains(heard))
    #expect(analyser.values(of: audio, heard: heard).count == 16)
  }

  @Test("what has been heard is the same from the last sample's end on")
  func afterwards() throws {
    let audio = try sound([[0.5]], rate: 10)
    let analyser = Analyser(.spectrum, columns: 8, limit: 16384)
    let late = analyser.heard(of: audio, at: 1e6)
    #expect(late == analyser.heard(of: audio, at: 2e6))
    #expect(analyser.values(of: audio, heard: late) == analyser.silence)
  }
}
