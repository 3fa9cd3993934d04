import ZCCore
import ZCPipeline

/// Where a pipeline's frames come from: decoded on a thread, and taken without waiting for it.
protocol PipelineSource: Sendable {
  /// What comes next; nil while there is nothing. Its frame is held in the role of the source.
  func take() throws(ZCError) -> DecodeOutcome?
  /// Nobody makes frames any more. Waits for the frame that is being decoded.
  func stop()
  /// As ``stop()``, without waiting.
  func abandon()
  func close()
  /// Forgets what waits, up to the next keyframe; a file goes on where it is.
  func flush() throws(ZCError)
  /// After its end it may begin anew.
  var isRepeatable: Bool { get }
  /// Whether to ask whoever sends for a keyframe.
  func asks(at now: Double) throws(ZCError) -> Bool
  var report: JSONText { get throws(ZCError) }
  /// Which road its frames take.
  var road: FrameRoad { get }
}

/// A video, which a thread of its own decodes ahead.
struct PlayedVideo: PipelineSource {
  private let video: Video
  private let feed: VideoFeed
  private let thread: WorkerThread

  init(_ video: Video, ahead: Int) throws(ZCError) {
    let feed = VideoFeed(video, ahead: ahead)
    thread = try WorkerThread { feed.run() }
    self.video = video
    self.feed = feed
  }

  func take() -> DecodeOutcome? { feed.take() }

  func stop() {
    feed.stop()
    thread.join()
  }

  func abandon() { feed.stop() }
  func close() { video.close() }
  func flush() {}
  var isRepeatable: Bool { false }
  func asks(at now: Double) -> Bool { false }
  var report: JSONText { feed.report }
  var road: FrameRoad { video.road }
}

/// A decoder that the program feeds.
struct FedDecoder: PipelineSource {
  let decoder: PacketDecoder

  func take() throws(ZCError) -> DecodeOutcome? { try decoder.takeOutcome() }
  func stop() { decoder.close() }
  func abandon() {}
  func close() { decoder.close() }
  func flush() throws(ZCError) { try decoder.flush() }
  var isRepeatable: Bool { true }
  func asks(at now: Double) throws(ZCError) -> Bool { try decoder.asks(at: now) }
  var report: JSONText { get throws(ZCError) { try decoder.report } }
  var road: FrameRoad { decoder.road }
}
