import CAV
package import ZCColor
package import ZCCore

/// What a file says of one of its streams.
package struct StreamDescription: Sendable {
  package enum Kind: String, Sendable { case video, audio, other }

  package let kind: Kind
  package let index: Int
  /// FFmpeg's names.
  package let codec: String
  package let pixelFormat: String
  /// As coded for display: cropped, not turned.
  package let width: Int
  package let height: Int
  package let timeBase: Ratio
  package let frameRate: Ratio
  package let sampleAspect: Ratio
  /// How far to turn the picture clockwise: 0, 90, 180, 270 degrees.
  package let turn: Int
  /// Left and right change places, before turning.
  package let isMirrored: Bool
  /// In the time base.
  package let start: Int64?
  package let duration: Int64?
  /// How many packets the container has listed; 0 where it lists none.
  package let listedCount: Int64
  package let isStill: Bool
  package let hasTimes: Bool
  package let color: ColorDescription
  package let sampleRate: Int
  package let channels: Int

  init(_ stream: zcav_stream, in format: String) {
    kind =
      switch Int(stream.kind) {
      case Int(ZCAV_VIDEO.rawValue): .video
      case Int(ZCAV_AUDIO.rawValue): .audio
      default: .other
      }
    index = Int(stream.index)
    codec = text(of: stream.codec)
    pixelFormat = text(of: stream.pixel_format)
    width = Int(stream.width)
    height = Int(stream.height)
    timeBase = Ratio(stream.time_base)
    frameRate = Ratio(stream.frame_rate)
    sampleAspect = Ratio(stream.sample_aspect)
    turn = Int(stream.turn)
    isMirrored = stream.is_mirrored != 0
    start = stream.start == noTime ? nil : stream.start
    duration = stream.duration == noTime ? nil : stream.duration
    isStill = stream.is_still != 0
    hasTimes = stream.has_times != 0
    color = ColorDescription(stream.color)
    let isListed = stream.frame_count > 0 && format.hasPrefix("mov,")
    listedCount = isListed ? stream.entry_count : 0
    sampleRate = Int(stream.sample_rate)
    channels = Int(stream.channels)
  }

  /// The size of the picture as it is shown: turned upright.
  package var uprightSize: (width: Int, height: Int) {
    turn % 180 == 0 ? (width, height) : (height, width)
  }
}

/// A ratio as FFmpeg has it. 0/1 is unknown.
package struct Ratio: Hashable, Sendable {
  package let numerator: Int
  package let denominator: Int

  init(_ ratio: zcav_ratio) {
    let isKnown = ratio.numerator > 0 && ratio.denominator > 0
    numerator = isKnown ? Int(ratio.numerator) : 0
    denominator = isKnown ? Int(ratio.denominator) : 1
  }

  package init(numerator: Int32, denominator: Int32) {
    self.init(zcav_ratio(numerator: numerator, denominator: denominator))
  }

  private init(_ numerator: Int, _ denominator: Int) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// Frames a second where nobody says.
  static let ofDoubt = Ratio(25, 1)

  package var isKnown: Bool { numerator > 0 }

  /// So many of it. 0 where it is unknown.
  package func times(_ count: Int64) -> Double {
    Double(count) * Double(numerator) / Double(denominator)
  }

  package var report: JSONText {
    isKnown ? .array([.integer(numerator), .integer(denominator)]) : .null
  }
}

extension ColorDescription {
  init(_ color: zcav_color) {
    self.init()
    matrix = Int(color.matrix)
    primaries = Int(color.primaries)
    transfer = Int(color.transfer)
    range = Range(rawValue: Int(color.range)) ?? .unspecified
    siting = Siting(rawValue: Int(color.siting)) ?? .unspecified
  }
}

extension StreamDescription {
  /// Each packet that has a time and is not hidden is a frame, as far as one can know without decoding.
  ///
  /// Not so where FFmpeg makes times up, which are others after a seek; in VP8, which has frames that
  /// are never shown (RFC 6386, 9.1: show_frame), in packets of their own; nor in MPEG-4, which has
  /// packets without a picture (ISO/IEC 14496-2, 6.3.5: vop_coded).
  var packetsAreFrames: Bool { hasTimes && !["vp8", "mpeg4"].contains(codec) }

  /// How long a frame is shown by the frame rate, or at 25 a second, in the time base; 1 or more.
  var ticksPerFrame: Int64 {
    let rate = frameRate.isKnown ? frameRate : .ofDoubt
    guard timeBase.isKnown else { return 1 }
    let ticks =
      Double(rate.denominator) / Double(rate.numerator) * Double(timeBase.denominator)
      / Double(timeBase.numerator)
    return Int64(exactly: min(max(ticks.rounded(), 1), 1e12)) ?? 1
  }
}
