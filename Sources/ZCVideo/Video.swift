package import ZCContext
package import ZCCore
import ZCPipeline

/// A video file: its frames by number and by time.
///
/// Thread-safety: any thread may call anything here; one at a time decodes.
package final class Video: Sendable {
  package let path: MediaPath
  /// FFmpeg's name of the container.
  package let format: String
  package let streams: [StreamDescription]
  /// The stream that is shown.
  package let stream: StreamDescription
  package let options: VideoOptions
  /// Who decodes, and which road frames take.
  package let road: FrameRoad
  private let source: Lock<VideoSource?>
  private let patience = Patience()
  /// How long programs that call from C wait for what takes the whole file; 0: until it is done.
  package let callerPatience = Lock(0.0)
  /// What scenes show of it.
  let shown = ShownFrame()
  private let epoch = ForkEpoch.current

  /// `context` is what frames are meant for.
  /// - Throws: `library` without FFmpeg; `media` for what is no video that it can read; `dmabuf` where
  ///   frames must not be copied and the first one cannot do without.
  package init(
    _ path: MediaPath, _ options: VideoOptions, for context: GPUContext? = nil
  ) throws(ZCError) {
    guard options.zeroCopy != .required || context != nil else {
      throw .invalidArgument(
        "zero_copy=\"require\" wants the context that frames are drawn in: "
          + "open_video(path, context=context)")
    }
    let media = try MediaReader(path, MediaLibrary.shared())
    let streams = media.streams
    guard let best = media.bestVideo, streams.indices.contains(best) else {
      throw .media("\(path.name): there is no video in it")
    }
    self.path = path
    self.options = options
    format = media.format
    self.streams = streams
    stream = streams[best]
    road = FrameRoad(try options.decoding(), options.zeroCopy)
    source = Lock(
      try VideoSource(
        media, streams[best], threads: Int32(clamping: options.threads), road, patience,
        showsDamage: options.showsDamage),
      rank: .decoding)
    if options.zeroCopy == .required, let context { try prove(in: context) }
  }

  /// Imports the first picture, so that what is in the way is known at once.
  private func prove(in context: GPUContext) throws(ZCError) {
    // Drawn without the decoder's lock.
    let first = try withSource { (source) throws(ZCError) in try source.firstFrame() }
    do throws(ZCError) {
      try first?.prove(in: context)
    } catch {
      road.end()
      throw error
    }
  }

  /// Runs `body` with the file and its decoder, alone.
  private func withSource<Result: Sendable & ~Copyable>(
    within seconds: Double? = nil, _ body: (VideoSource) throws(ZCError) -> Result
  ) throws(ZCError) -> Result {
    guard epoch.isCurrent else { throw .inheritedVideo }
    try StackRoom.checkForMedia()
    return try source.withLock { (source) throws(ZCError) -> Result in
      guard let source else { throw .closed("this video is closed") }
      source.deadline = seconds.map { MonotonicClock.now + $0 }
      return try body(source)
    }
  }

  /// The frame of a number, from 0; nil beyond the last. Decodes. After so many seconds of work on
  /// the whole file it is `busy`, and goes on when it is called again, as ``count(within:)`` and
  /// ``number(at:within:)`` do.
  package func frame(_ number: Int, within seconds: Double? = nil) throws(ZCError) -> VideoFrame? {
    let found = Result { () throws(ZCError) in try decoded(number, within: seconds) }
    // Waited for without the decoder's lock: who draws may be waiting for that.
    guard case .failure(.poolExhausted) = found, road.waitForGPU() else { return try found.get() }
    return try decoded(number, within: seconds)
  }

  private func decoded(_ number: Int, within seconds: Double?) throws(ZCError) -> VideoFrame? {
    try withSource(within: seconds) { (source) throws(ZCError) in try source.frame(number) }
  }

  /// How many frames there are. Makes the index.
  package func count(within seconds: Double? = nil) throws(ZCError) -> Int {
    try withSource(within: seconds) { (source) throws(ZCError) in try source.knownIndex().count }
  }

  /// The number of the frame that is shown at a time, in seconds since the first one is. Makes the
  /// index.
  /// - Throws: `outOfRange` before the first frame, and once the last is over.
  package func number(at seconds: Double, within patience: Double? = nil) throws(ZCError) -> Int {
    guard seconds.isFinite else { throw .invalidArgument("a time is seconds, not \(seconds)") }
    return try withSource(within: patience) { (source) throws(ZCError) in
      try source.number(at: seconds)
    }
  }

  /// When the first frame is shown, in the stream's time base; nil without frames. Makes the index.
  func firstTime() throws(ZCError) -> Int64? {
    try withSource { (source) throws(ZCError) in try source.knownIndex().first }
  }

  /// Its file from the beginning, in a reader of its own.
  func again() throws(ZCError) -> MediaReader {
    try withSource { (source) throws(ZCError) in try source.reader.mediaAgain() }
  }

  /// How the index was made; nil before it was.
  package var indexKind: FrameIndex.Kind? {
    get throws(ZCError) { try withSource { (source) throws(ZCError) in source.index?.kind } }
  }

  package var statistics: VideoStatistics {
    get throws(ZCError) { try withSource { (source) throws(ZCError) in source.statistics } }
  }

  /// Closes file and decoder. Frames stay. A second close does nothing.
  package func close() {
    // What the parent's threads worked with is left alone in a child of a fork.
    guard epoch.isCurrent else { return }
    shown.forget()
    patience.end()
    let closed = source.withLock { source in source.take() }
    _ = consume closed
    road.end()
  }
}
