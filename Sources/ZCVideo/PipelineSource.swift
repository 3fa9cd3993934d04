import ZCCore

/// Where a pipeline's frames come from: decoded on a thread, and taken without waiting for it.
enum PipelineSource: Sendable {
  case video(Video, VideoFeed, WorkerThread)
  case packets(PacketDecoder)

  /// What comes next; nil while there is nothing. Its frame is held in the role of the source.
  func take() throws(ZCError) -> DecodeOutcome? {
    switch self {
    case .video(_, let feed, _): feed.take()
    case .packets(let decoder): try decoder.takeOutcome()
    }
  }

  /// Nobody makes frames any more. Waits for the frame that is being decoded.
  func stop() {
    switch self {
    case .video(_, let feed, let thread):
      feed.stop()
      thread.join()
    case .packets(let decoder): decoder.close()
    }
  }

  /// As ``stop()``, without waiting.
  func abandon() {
    if case .video(_, let feed, _) = self { feed.stop() }
  }

  func close() {
    switch self {
    case .video(let video, _, _): video.close()
    case .packets(let decoder): decoder.close()
    }
  }

  /// Forgets what waits, up to the next keyframe; a file goes on where it is.
  func flush() throws(ZCError) {
    if case .packets(let decoder) = self { try decoder.flush() }
  }

  /// After its end it may begin anew.
  var isRepeatable: Bool {
    if case .packets = self { true } else { false }
  }

  /// Whether to ask whoever sends for a keyframe.
  func asks(at now: Double) throws(ZCError) -> Bool {
    guard case .packets(let decoder) = self else { return false }
    return try decoder.asks(at: now)
  }

  var report: JSONText {
    get throws(ZCError) {
      switch self {
      case .video(_, let feed, _): feed.report
      case .packets(let decoder): try decoder.report
      }
    }
  }
}
