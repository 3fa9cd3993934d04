package import ZCCore
package import ZCPipeline

/// Frames from a decoder's thread to a viewer: what is due is shown, what is late is dropped, and
/// nobody waits for anybody's trouble.
///
/// Thread-safety: any thread may call anything here; ``close()`` alone waits for the decoder.
package final class Pipeline: Sendable {
  /// What is to be seen.
  package struct Showing: Sendable {
    package let frame: VideoFrame
    /// Counts the frames that were shown: the same number is the same frame.
    package let number: Int
  }

  fileprivate struct Stage: Sendable {
    var state = PipelineState.running
    var presenter: Presenter<VideoFrame>
    var cache: FrameCache<VideoFrame>
    var lag = LatencyStatistics()
    var problem: String?
    var failures = 0
    /// Frames that this pipeline took a hold on, and let go of.
    var taken = 0
    var released = 0
  }

  package let settings: PipelineSettings
  private let source: PipelineSource
  private let stage: Lock<Stage>
  private let epoch = ForkEpoch.current

  package convenience init(_ video: Video, _ settings: PipelineSettings) throws(ZCError) {
    let feed = VideoFeed(video, ahead: settings.ahead)
    let thread = try WorkerThread { feed.run() }
    self.init(.video(video, feed, thread), settings)
  }

  package convenience init(_ decoder: PacketDecoder, _ settings: PipelineSettings) {
    self.init(.packets(decoder), settings)
  }

  private init(_ source: PipelineSource, _ settings: PipelineSettings) {
    self.source = source
    self.settings = settings
    stage = Lock(
      Stage(
        presenter: Presenter(capacity: settings.ahead, latency: settings.latency),
        cache: FrameCache(capacity: settings.cache)), rank: .frame)
  }

  deinit {
    // Whoever is decoding ends by itself; in a child of a fork nobody is.
    if epoch.isCurrent { source.abandon() }
  }

  /// The frame that is to be seen at `now`, in seconds of any clock of the caller's that does not
  /// go back; nil before the first. Never waits for the decoder.
  package func frame(at now: Double) throws(ZCError) -> Showing? {
    guard epoch.isCurrent else { throw .inheritedVideo }
    guard now.isFinite else { throw .invalidArgument("now is seconds, not \(now)") }
    var letGo: [VideoFrame] = []
    let source = source
    let showing = try stage.withLock { (stage) throws(ZCError) -> Showing? in
      guard stage.state.isOpen else { throw Self.closed }
      try stage.fill(from: source, at: now, &letGo)
      return stage.show(at: now, &letGo)
    }
    letGo.removeAll()  // outside of the lock
    return showing
  }

  /// Forgets what waits; what is shown stays. The next frame is shown a latency after it came.
  package func flush() throws(ZCError) {
    guard epoch.isCurrent else { throw .inheritedVideo }
    let letGo = try stage.withLock { (stage) throws(ZCError) -> [VideoFrame] in
      guard stage.state.isOpen else { throw Self.closed }
      let letGo = stage.presenter.flush()
      stage.released &+= letGo.count
      return letGo
    }
    _ = letGo
    try source.flush()
    if source.isRepeatable { stage.withLock { $0.state.resume() } }
  }

  /// Whether to ask whoever sends for a keyframe.
  package func asks(at now: Double) throws(ZCError) -> Bool {
    guard epoch.isCurrent else { throw .inheritedVideo }
    guard now.isFinite else { throw .invalidArgument("now is seconds, not \(now)") }
    return try source.asks(at: now)
  }

  /// Stops, from any state: workers, presenter, cache, pictures, decoder, in that order. Whoever
  /// comes second does nothing. Waits for the frame that is being decoded.
  package func close() {
    guard epoch.isCurrent, stage.withLock({ $0.state.stop() }) else { return }
    while let step = stage.withLock({ $0.state.step }) {
      perform(step)
      stage.withLock { $0.state.finish(step) }
    }
  }

  private func perform(_ step: PipelineState.Step) {
    switch step {
    case .stopWorkers: source.stop()
    case .drainPresenter:
      let letGo = stage.withLock { stage -> [VideoFrame] in
        let letGo = stage.presenter.drain()
        stage.released &+= letGo.count
        return letGo
      }
      _ = letGo
    case .dropCache:
      let letGo = stage.withLock { stage -> [VideoFrame] in
        let letGo = stage.cache.drop()
        stage.released &+= letGo.count
        return letGo
      }
      _ = letGo
    // What was drawn with is held by the role of the GPU, up to its fence.
    case .flushGPU: break
    case .closeDecoder: source.close()
    }
  }

  private static let closed = ZCError.closed("this pipeline is closed")

  /// Who holds what here: so many frames in each role, by the pipeline's own books.
  package var roles: [(Role, Int)] {
    stage.withLock { stage in
      let presented = stage.presenter.waitingCount + (stage.presenter.shown == nil ? 0 : 1)
      return [(.presenter, presented), (.cache, stage.cache.count)]
    }
  }

  package var report: JSONText {
    get throws(ZCError) {
      guard epoch.isCurrent else { throw .inheritedVideo }
      let stage = stage.withLock { $0 }
      let isOpen = stage.state.isOpen
      return .object([
        ("state", .string(stage.state.word)), ("problem", .optional(stage.problem)),
        ("failures", .integer(stage.failures)),
        ("taken", .integer(stage.taken)), ("released", .integer(stage.released)),
        ("presenter", stage.presenter.report), ("cache", stage.cache.report),
        ("lag", stage.lag.report), ("source", isOpen ? try source.report : .null),
      ])
    }
  }
}

extension Pipeline.Stage {
  /// Takes what was decoded, as long as there is room.
  fileprivate mutating func fill(
    from source: PipelineSource, at now: Double, _ letGo: inout [VideoFrame]
  ) throws(ZCError) {
    while presenter.hasRoom, state == .running {
      let next = Result { () throws(ZCError) in try source.take() }
      switch next {
      case .success(.frame(let decoded)):
        let frame = decoded.share(as: .presenter)
        letGo.append(decoded)
        taken &+= 1
        if let refused = presenter.submit(frame, time: frame.facts.seconds, at: now) {
          released &+= 1
          letGo.append(refused)
        }
      case .success(.failure(let error)):
        failures &+= 1
        problem = error.description
      case .success(.end): state.end()
      case .success(nil): return
      case .failure(let error):
        // The decoder was closed beside us: what waits may still be shown.
        problem = error.description
        state.end()
      }
    }
  }

  fileprivate mutating func show(at now: Double, _ letGo: inout [VideoFrame]) -> Pipeline.Showing? {
    switch presenter.show(at: now) {
    case .nothing: return nil
    case .again(let entry):
      return Pipeline.Showing(frame: entry.frame, number: presenter.counts.shown)
    case .fresh(let entry, let gone):
      released &+= gone.count
      letGo += gone
      if let late = presenter.lag(at: now) { lag.add(late) }
      let kept = cache.keep(
        entry.frame.share(as: .cache), index: presenter.counts.shown, time: entry.time,
        end: entry.time + entry.frame.facts.duration)
      taken &+= 1
      released &+= kept.count
      letGo += kept
      return Pipeline.Showing(frame: entry.frame, number: presenter.counts.shown)
    }
  }
}

extension Presenter {
  var report: JSONText {
    .object([
      ("waiting", .integer(waitingCount)), ("submitted", .integer(counts.submitted)),
      ("shown", .integer(counts.shown)), ("repeated", .integer(counts.repeated)),
      ("late", .integer(counts.late)), ("stale", .integer(counts.stale)),
      ("flushed", .integer(counts.flushed)),
    ])
  }
}

extension FrameCache {
  var report: JSONText {
    .object([
      ("kept", .integer(count)), ("hits", .integer(counts.hits)),
      ("misses", .integer(counts.misses)), ("evictions", .integer(counts.evictions)),
    ])
  }
}
