/// Makes the numbers that a shader reads of a sound: a column for each place in a span of samples, or
/// for each band of frequencies, a row for each channel. What is heard at a time depends on that
/// time alone.
package struct Analyser: Sendable {
  package enum Kind: Hashable, Sendable {
    /// Samples around 0.5, as ISF's `audio` has them.
    case waveform
    /// Amplitudes of bands of frequencies, as ISF's `audioFFT` has them.
    case spectrum
  }

  package let columns: Int
  /// How many samples are looked at.
  let span: Int
  private let transform: FourierTransform?

  /// What the reference's editor looks at: 1024 samples, and 512 bands made of them.
  private static let nativeSpan = 1024
  /// Beyond it no driver has to have textures.
  private static let mostColumns = 16384

  /// With as many columns as a header asks for, or nil: as many as there are; less than 1 is none
  /// asked for. `limit` is the longest side of a texture.
  package init(_ kind: Kind, columns: Int32?, limit: Int32) {
    let most = min(Int(limit), Self.mostColumns)
    let wanted = columns.flatMap { $0 < 1 ? nil : min(Int($0), most) }
    switch kind {
    case .waveform:
      self.columns = wanted ?? min(Self.nativeSpan, most)
      span = max(Self.nativeSpan, self.columns)
      transform = nil
    case .spectrum:
      self.columns = wanted ?? min(Self.nativeSpan / 2, most)
      var size = Self.nativeSpan
      while size / 2 < self.columns { size *= 2 }
      span = size
      transform = FourierTransform(size: size)
    }
  }

  /// How many samples of a sound have been heard at a time in seconds: as long as this is the same,
  /// so are the ``values(of:heard:)``.
  package func heard(of audio: Audio, at time: Double) -> Int {
    audio.heard(at: time, beyond: span)
  }

  /// ``columns`` numbers for each channel, the first channel first.
  package func values(of audio: Audio, heard end: Int) -> [Float] {
    (0..<audio.channelCount).flatMap { channel -> [Float] in
      let samples = audio.samples(of: channel, upTo: end, span: span)
      guard let transform else { return waveform(samples).map { Float(0.5 + $0 / 2) } }
      return means(of: transform.amplitudes(of: samples)).map { Float($0) }
    }
  }

  /// What ``values(of:heard:)`` are where nothing is heard, for one channel.
  package var silence: [Float] {
    [Float](repeating: transform == nil ? 0.5 : 0, count: columns)
  }

  /// One column shall be the volume, says ISF: the mean of a wave would always be next to nothing.
  private func waveform(_ samples: [Double]) -> [Double] {
    guard columns == 1 else { return means(of: samples) }
    let power = samples.reduce(0) { $0 + $1 * $1 } / Double(samples.count)
    return [power.squareRoot()]
  }

  /// Neighbours together, as evenly as it goes, where there are more than columns.
  private func means(of numbers: [Double]) -> [Double] {
    guard numbers.count > columns else { return numbers }
    return (0..<columns).map { column in
      let group = column * numbers.count / columns..<(column + 1) * numbers.count / columns
      return numbers[group].reduce(0, +) / Double(group.count)
    }
  }
}
