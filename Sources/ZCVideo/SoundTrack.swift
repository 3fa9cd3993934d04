import CAV
package import ZCCore

/// The sound of a file, decoded to its end as its codec gives it.
@safe package final class SoundTrack {
  /// How a sample is stored, by FFmpeg's names for it.
  package enum Format: String, Sendable {
    case u8, s16, s32, flt, dbl
  }

  package let rate: Int
  package let channels: Int
  package let format: Format
  private var memory: SoundMemory

  /// Decodes a file's sound: of one stream, or of the one that FFmpeg thinks best. What decoding
  /// makes beyond `mostSamples`, of all channels together, is too much.
  /// - Throws: `media` without sound, for one that cannot be decoded, that changes on its way or is
  ///   too long; `library`, `outOfMemory`.
  package convenience init(
    _ path: MediaPath, stream: Int?, mostSamples: Int
  ) throws(ZCError) {
    try self.init(
      MediaReader(path, MediaLibrary.shared()), stream: stream, begins: nil,
      mostSamples: mostSamples)
  }

  /// The same of a file that is open, from a time on, in seconds of the file's clock: silence comes
  /// before what begins later, and of what begins earlier the rest is heard. nil is when it begins, and
  /// so is any time where the file does not say that.
  init(
    _ media: consuming MediaReader, stream: Int?, begins: Double?, mostSamples: Int
  ) throws(ZCError) {
    let path = media.path
    let streams = media.streams
    guard let index = stream ?? media.bestSound, streams.indices.contains(index),
      streams[index].kind == .audio
    else { throw .media("\(path.name): there is no sound in it") }
    let library = media.library
    var reader = try FrameReader(
      media, stream: index, threads: 1, backend: DecodingBackend(because: nil))
    var first: Layout?
    var memory = SoundMemory()
    decoding: while true {
      switch try reader.next() {
      case .end: break decoding
      case .failure(let error): throw error
      case .exhausted(let error): throw error
      case .picture(let piece):
        var facts = unsafe zcav_sound_facts()
        unsafe library.table.pointee.frame_sound(piece.pointer, &facts)
        guard let layout = unsafe Layout(facts) else {
          let name = unsafe text(of: facts.sample_format)
          throw .media("\(path.name): samples of format '\(name)' cannot be used")
        }
        guard layout == first ?? layout else {
          throw .media("\(path.name): rate, channels or format of the sound change on its way")
        }
        if first == nil, let begins, let begun = unsafe streams[index].seconds(facts.pts) {
          try memory.shift(
            by: (begun - begins) * Double(layout.rate), layout, mostSamples: mostSamples, of: path)
        }
        first = layout
        unsafe try memory.append(facts, layout, mostSamples: mostSamples, of: path)
      }
    }
    guard let first else { throw .media("\(path.name): the sound has no samples") }
    guard !memory.isEmpty else {
      throw .media("\(path.name): its sound is over before its first frame is shown")
    }
    rate = first.rate
    channels = first.channels
    format = first.format
    self.memory = memory
  }

  /// Interleaved samples.
  package func withBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws(ZCError) -> Result
  ) throws(ZCError) -> Result {
    try unsafe body(memory.bytes)
  }

  /// What stays the same in all of a sound.
  struct Layout: Hashable {
    let rate: Int
    let channels: Int
    let format: Format

    /// nil for samples of another kind.
    init?(_ facts: zcav_sound_facts) {
      let name = unsafe text(of: facts.sample_format)
      guard let format = Format(rawValue: name) ?? Format(rawValue: String(name.dropLast())),
        unsafe facts.channels > 0
      else { return nil }
      self.format = format
      rate = unsafe Int(facts.sample_rate)
      channels = unsafe Int(facts.channels)
    }
  }
}

extension SoundTrack.Format {
  package var byteCount: Int {
    switch self {
    case .u8: 1
    case .s16: 2
    case .s32, .flt: 4
    case .dbl: 8
    }
  }

  /// Each byte of a sample that is not heard.
  var silentByte: UInt8 { self == .u8 ? 128 : 0 }
}

extension MediaReader {
  /// The stream of sound that FFmpeg thinks best.
  var bestSound: Int? {
    let index = unsafe library.table.pointee.media_best(pointer, Int32(ZCAV_AUDIO.rawValue))
    return index < 0 ? nil : Int(index)
  }
}
