import CAV
import ZCCore

/// One pass over a file for its index, a step at a time.
struct PacketPass: ~Copyable {
  private let stream: Int32
  private var media: MediaReader
  private var builder: FrameIndexBuilder
  private(set) var count = 0
  /// Why the file could not be read to its end.
  private(set) var breakage: ZCError?
  private(set) var isOver = false

  init(_ media: consuming MediaReader, stream: Int, step: Int64) {
    self.stream = Int32(clamping: stream)
    self.media = media
    builder = FrameIndexBuilder(.packets, step: step)
  }

  mutating func advance() throws(ZCError) {
    switch try media.read(stream) {
    case .packet(let packet):
      count += 1
      // Nothing in it: what was shown before is shown on.
      guard packet.facts.size > 0 else { return }
      builder.add(
        packet: packet.time, decodedAt: packet.decodingTime, duration: packet.duration,
        isKey: packet.isKey, isHidden: packet.isHidden)
    case .end: isOver = true
    case .failure(let error):
      breakage = error
      isOver = true
    }
  }

  /// nil where packets do not tell which frames there are.
  var index: FrameIndex? { builder.finished() }
}

/// The same by decoding.
struct DecodingPass: ~Copyable {
  private(set) var frames: FrameReader
  private var builder: FrameIndexBuilder
  /// The first thing that could not be decoded.
  private(set) var failure: ZCError?
  private(set) var isOver = false

  init(_ frames: consuming FrameReader, step: Int64) {
    self.frames = frames
    builder = FrameIndexBuilder(.decoded, step: step)
  }

  mutating func advance() throws(ZCError) {
    switch try frames.next() {
    case .picture(let picture):
      builder.add(frame: picture.time, duration: picture.duration, isKey: picture.isKey)
    case .failure(let error): failure = failure ?? error
    case .exhausted: return
    case .end: isOver = true
    }
  }

  func index(isTimed: Bool) -> FrameIndex? {
    builder.finished(isTimed: isTimed && !frames.lacksTimes)
  }
}
