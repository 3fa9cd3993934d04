import CAV
package import ZCColor

/// What is known of a frame beside its pixels.
package struct VideoFrameFacts: Sendable {
  /// Which frame of its video, from 0.
  package let number: Int?
  /// In the stream's time base; nil where the file has no times.
  package let ticks: Int64?
  /// When it is shown, in seconds since the first frame.
  package let seconds: Double
  /// In seconds; 0 where it is unknown.
  package let duration: Double
  package let timeBase: Ratio
  /// As coded for display: cropped, not turned.
  package let width: Int
  package let height: Int
  /// How far to turn the picture clockwise for display: 0, 90, 180, 270 degrees.
  package let turn: Int
  /// Left and right change places, before turning.
  package let isMirrored: Bool
  package let isKey: Bool
  /// Parts of it are made up, or may be.
  package let isDamaged: Bool
  package let isInterlaced: Bool
  package let isTopFirst: Bool
  package let sampleAspect: Ratio
  /// FFmpeg's name.
  package let pixelFormat: String
  package let color: ColorDescription

  init(
    _ picture: borrowing DecodedPicture, of stream: StreamDescription, number: Int?,
    seconds: Double
  ) {
    let facts = picture.facts
    self.number = number
    ticks = picture.time
    self.seconds = seconds
    duration = stream.timeBase.times(max(0, facts.duration))
    timeBase = stream.timeBase
    width = Int(facts.width)
    height = Int(facts.height)
    // What the picture says of itself comes first.
    let turns = facts.turn >= 0
    turn = turns ? Int(facts.turn) : stream.turn
    isMirrored = turns ? facts.is_mirrored != 0 : stream.isMirrored
    isKey = picture.isKey
    isDamaged = !picture.isWhole
    isInterlaced = facts.is_interlaced != 0
    isTopFirst = facts.is_top_first != 0
    let aspect = Ratio(facts.sample_aspect)
    sampleAspect = aspect.isKnown ? aspect : stream.sampleAspect
    pixelFormat = text(of: facts.pixel_format)
    color = ColorDescription(facts.color)
  }

  /// Of a picture from a stream of which packets are all that is known.
  init(_ picture: borrowing DecodedPicture, timeBase: Ratio, seconds: Double) {
    let facts = picture.facts
    number = nil
    ticks = picture.time
    self.seconds = seconds
    duration = timeBase.times(max(0, facts.duration))
    self.timeBase = timeBase
    width = Int(facts.width)
    height = Int(facts.height)
    turn = 0
    isMirrored = false
    isKey = picture.isKey
    isDamaged = !picture.isWhole
    isInterlaced = facts.is_interlaced != 0
    isTopFirst = facts.is_top_first != 0
    sampleAspect = Ratio(facts.sample_aspect)
    pixelFormat = text(of: facts.pixel_format)
    color = ColorDescription(facts.color)
  }
}
