import CAV
package import ZCCore

/// The sound of a file, decoded from beginning to end as its codec gives it.
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
  package init(
    _ path: MediaPath, stream: Int?, mostSamples: Int
  ) throws(ZCError) {
    let media = try MediaReader(path, MediaLibrary.shared())
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
        first = layout
        unsafe try memory.append(facts, layout, mostSamples: mostSamples, of: path)
      }
    }
    guard let first else { throw .media("\(path.name): the sound has no samples") }
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
}

extension MediaReader {
  /// The stream of sound that FFmpeg thinks best.
  var bestSound: Int? {
    let index = unsafe library.table.pointee.media_best(pointer, Int32(ZCAV_AUDIO.rawValue))
    return index < 0 ? nil : Int(index)
  }
}
