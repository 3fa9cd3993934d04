package import ZCCore

/// A caller's samples in memory, in any arrangement that two strides describe.
@safe package struct SampleSource {
  /// How a sample is stored, in the machine's byte order.
  package enum Format: Int32, CaseIterable, Sendable {
    /// Unsigned; silence is 128.
    case uint8 = 1
    case int16 = 2
    /// Three bytes.
    case int24 = 3
    case int32 = 4
    /// −1…1 at full scale, as the next.
    case float32 = 5
    case float64 = 6

    package var byteCount: Int {
      switch self {
      case .uint8: 1
      case .int16: 2
      case .int24: 3
      case .int32, .float32: 4
      case .float64: 8
      }
    }
  }

  /// The rates that are taken, in samples a second.
  package static let rates: ClosedRange<Double> = 1...10_000_000
  /// More than any loudspeaker arrangement has, and as many rows as every texture can have.
  package static let mostChannels = 64
  /// Samples of all channels together: 2 GiB, some 93 minutes of stereo at 48 kHz.
  package static let mostSamples = 1 << 29
  /// Beyond it a spectrum would not fit into 32-bit floats.
  private static let loudest: Float = 1e30

  let rate: Double
  let channelCount: Int
  let count: Int
  private let start: UnsafeRawPointer
  private let format: Format
  private let channelStride: Int
  private let sampleStride: Int

  /// The first sample of the first channel lies at `start`; the next sample `sampleStride` bytes
  /// on, the next channel `channelStride`. `available` is how many bytes may be read at `start`.
  /// - Throws: `invalidArgument`, `badBuffer`, saying what would fit.
  package init(
    _ start: UnsafeRawPointer, available: Int, format: Format, rate: Double, channels: Int64,
    count: Int64, channelStride: Int64, sampleStride: Int64
  ) throws(ZCError) {
    guard Self.rates.contains(rate) else {
      throw .invalidArgument(
        "a sound's rate is 1 to 10000000 samples a second, 48000 say, not \(rate)")
    }
    guard (1...Int64(Self.mostChannels)).contains(channels) else {
      throw .badBuffer("a sound has 1 to \(Self.mostChannels) channels, not \(channels)")
    }
    guard (0...Int64(Self.mostSamples) / channels).contains(count) else {
      throw .badBuffer(
        "a sound has at most \(Self.mostSamples) samples in all its channels together, "
          + "not \(channels) x \(count)")
    }
    guard channelStride >= 0, sampleStride >= 0 else {
      throw .badBuffer("the samples of a sound run backwards; numpy.ascontiguousarray turns them")
    }
    let channelsEnd = channelStride.multipliedReportingOverflow(by: channels - 1)
    let samplesEnd = sampleStride.multipliedReportingOverflow(by: max(count - 1, 0))
    let last = channelsEnd.partialValue.addingReportingOverflow(samplesEnd.partialValue)
    let end = last.partialValue.addingReportingOverflow(Int64(format.byteCount))
    let overflows =
      channelsEnd.overflow || samplesEnd.overflow || last.overflow || end.overflow
    guard count == 0 || !overflows && end.partialValue <= Int64(available) else {
      throw .badBuffer(
        "\(available) bytes do not hold \(channels) channels of \(count) samples "
          + "\(sampleStride) bytes apart")
    }
    self.rate = rate
    channelCount = Int(channels)
    self.count = Int(count)
    unsafe self.start = start
    self.format = format
    self.channelStride = Int(channelStride)
    self.sampleStride = Int(sampleStride)
  }

  /// Channel after channel, as floats.
  /// - Throws: `invalidArgument`, naming the first that is no number of a sound.
  func copy(to target: UnsafeMutableBufferPointer<Float>) throws(ZCError) {
    // `init` has checked that every sample lies within what the caller lent.
    switch format {
    case .uint8:
      unsafe copy(to: target) { unsafe (Float($0.load(as: UInt8.self)) - 128) / 0x1p7 }
    case .int16:
      unsafe copy(to: target) { unsafe Float($0.loadUnaligned(as: Int16.self)) / 0x1p15 }
    case .int24:
      unsafe copy(to: target) { address in
        let low = unsafe Int32(address.loadUnaligned(as: UInt16.self))
        let high = unsafe Int32(address.load(fromByteOffset: 2, as: Int8.self))
        return Float(high << 16 | low) / 0x1p23
      }
    case .int32:
      unsafe copy(to: target) { unsafe Float($0.loadUnaligned(as: Int32.self)) / 0x1p31 }
    case .float32:
      unsafe copy(to: target) { unsafe $0.loadUnaligned(as: Float.self) }
      try unsafe check(target)
    case .float64:
      unsafe copy(to: target) { unsafe Float($0.loadUnaligned(as: Double.self)) }
      try unsafe check(target)
    }
  }

  private func copy(
    to target: UnsafeMutableBufferPointer<Float>, _ number: (UnsafeRawPointer) -> Float
  ) {
    // The strides of no samples may be anything.
    guard count > 0 else { return }
    for channel in 0..<channelCount {
      let row = unsafe start.advanced(by: channel * channelStride)
      for index in 0..<count {
        let value = unsafe number(row.advanced(by: index * sampleStride))
        unsafe target.initializeElement(at: channel * count + index, to: value)
      }
    }
  }

  private func check(_ samples: UnsafeMutableBufferPointer<Float>) throws(ZCError) {
    // What is no number compares with nothing.
    guard let bad = unsafe samples.firstIndex(where: { !(abs($0) < Self.loudest) }) else { return }
    throw unsafe .invalidArgument(
      "sample \(bad % count) of channel \(bad / count) is \(samples[bad]); samples are numbers, "
        + "-1 to 1 at full scale (numpy.nan_to_num makes them)")
  }
}
