package import ZCCore
package import ZCPipeline

extension VideoFrame: HeldFrame {}

/// Frames from a decoder's thread to a viewer: what is due is shown, what is late is dropped, and
/// nobody waits for anybody's trouble.
///
/// Thread-safety: any thread may call anything here; ``close()`` alone waits for the decoder.
package final class Pipeline: PictureCache {
  package typealias Showing = PipelineStage<VideoFrame>.Showing

  struct Work: Sendable {
    var stage: PipelineStage<VideoFrame>
    var problem: String?
    var failures = 0
    /// What drew its frames.
    var renderers: [WeakRenderer] = []
    var draws = Draws()
  }

  package let settings: PipelineSettings
  private let source: any PipelineSource
  private let work: Lock<Work>
  private let epoch = ForkEpoch.current

  package convenience init(_ video: Video, _ settings: PipelineSettings) throws(ZCError) {
    self.init(try PlayedVideo(video, ahead: settings.ahead), settings)
  }

  package convenience init(_ decoder: PacketDecoder, _ settings: PipelineSettings) {
    self.init(FedDecoder(decoder: decoder), settings)
  }

  init(_ source: any PipelineSource, _ settings: PipelineSettings) {
    self.source = source
    self.settings = settings
    work = Lock(Work(stage: PipelineStage(settings)), rank: .frame)
    source.road.add(self)
  }

  deinit {
    // Whoever is decoding ends by itself; in a child of a fork nobody is.
    if epoch.isCurrent { source.abandon() }
  }

  /// One step of the pipeline: what it hands out is dropped outside of the lock.
  func change<R: Sendable>(
    _ body: (inout Work) throws(ZCError) -> R
  ) throws(ZCError) -> R {
    guard epoch.isCurrent else { throw .inheritedVideo }
    return try work.withLock { (work) throws(ZCError) -> R in
      guard work.stage.state.isOpen else { throw .closed("this pipeline is closed") }
      defer { Self.check(work) }
      return try body(&work)
    }
  }

  /// Counts what became of a draw, of a pipeline that was closed meanwhile, too.
  func note(_ drawing: Result<Bool, ZCError>) { work.withLock { $0.draws.note(drawing) } }

  private static func check(_ work: Work) {
    assert(work.stage.imbalance == nil, work.stage.imbalance ?? "")
  }

  /// The frame that is to be seen at `now`, in seconds of any clock of the caller's that does not
  /// go back; nil before the first. Never waits for the decoder.
  package func frame(at now: Double) throws(ZCError) -> Showing? {
    guard now.isFinite else { throw .invalidArgument("now is seconds, not \(now)") }
    let source = source
    let (showing, letGo) = try change { (work) throws(ZCError) -> (Showing?, [VideoFrame]) in
      let taken = work.fill(from: source, at: now)
      let (showing, letGo) = work.stage.show(at: now)
      return (showing, taken + letGo)
    }
    _ = letGo
    return showing
  }

  /// The frame that was shown so many frames before the one that is shown now; nil where it is not
  /// kept any more. Decodes nothing.
  package func past(_ steps: Int) throws(ZCError) -> VideoFrame? {
    guard steps >= 0 else { throw .invalidArgument("frames are counted back from 0, not \(steps)") }
    return try change { (work) throws(ZCError) in work.stage.past(steps)?.frame }
  }

  /// Forgets what waits; what is shown stays. The next frame is shown a latency after it came.
  package func flush() throws(ZCError) {
    let letGo = try change { (work) throws(ZCError) in work.stage.flush() }
    _ = letGo
    try source.flush()
    if source.isRepeatable { work.withLock { $0.stage.resume() } }
  }

  /// Whether to ask whoever sends for a keyframe.
  package func asks(at now: Double) throws(ZCError) -> Bool {
    guard epoch.isCurrent else { throw .inheritedVideo }
    guard now.isFinite else { throw .invalidArgument("now is seconds, not \(now)") }
    return try source.asks(at: now)
  }

  /// Stops, from any state: workers, presenter, cache, what the GPU was given, decoder, in that
  /// order. Whoever comes second does nothing. Waits for the frame that is being decoded.
  package func close() {
    guard epoch.isCurrent, work.withLock({ $0.stage.stop() }) else { return }
    while let step = work.withLock({ $0.stage.state.step }) {
      perform(step)
      let letGo = work.withLock { work -> [VideoFrame] in
        defer { Self.check(work) }
        return work.stage.finish(step)
      }
      _ = letGo
    }
  }

  /// What a step does outside of the stage.
  private func perform(_ step: PipelineState.Step) {
    switch step {
    case .stopWorkers: source.stop()
    case .drainPresenter, .dropCache: break
    case .flushGPU:
      for renderer in work.withLock({ $0.renderers }) { renderer.renderer?.retire() }
    case .closeDecoder: source.close()
    }
  }

  /// Lets go of the oldest kept frame, for the source to decode into.
  package func letGo() -> Bool {
    let letGo = work.withLock { work in
      defer { Self.check(work) }
      return work.stage.evict()
    }
    return letGo != nil
  }

  /// Who holds what here: so many frames in each role, by the pipeline's own books.
  package var roles: [(Role, Int)] { work.withLock { $0.stage.roles } }

  package var report: JSONText {
    get throws(ZCError) {
      guard epoch.isCurrent else { throw .inheritedVideo }
      let (report, isOpen) = work.withLock { ($0.report, $0.stage.state.isOpen) }
      return .object(report + [("source", isOpen ? try source.report : .null)])
    }
  }
}

extension Pipeline.Work {
  fileprivate var report: [(String, JSONText)] {
    [
      ("state", .string(stage.state.word)), ("problem", .optional(problem)),
      ("failures", .integer(failures)),
      ("taken", .integer(stage.taken)), ("released", .integer(stage.released)),
      ("presenter", stage.presenter.report), ("cache", stage.cache.report),
      ("draw", draws.report), ("lag", stage.lag.report),
    ]
  }

  /// Takes what was decoded, as long as there is room.
  /// - Returns: what is to be dropped.
  fileprivate mutating func fill(from source: any PipelineSource, at now: Double) -> [VideoFrame] {
    var letGo: [VideoFrame] = []
    while stage.hasRoom {
      switch Result(catching: { () throws(ZCError) in try source.take() }) {
      case .success(.frame(let decoded)):
        letGo += stage.submit(decoded, time: decoded.facts.seconds, at: now)
        letGo.append(decoded)
      case .success(.failure(let error)):
        failures &+= 1
        problem = error.description
        // It is tried again at once, and fails as long as nobody lets go of anything.
        if case .poolExhausted = error { return letGo }
      case .success(.end): stage.end()
      case .success(nil): return letGo
      case .failure(let error):
        // The decoder was closed beside us: what waits may still be shown.
        problem = error.description
        stage.end()
      }
    }
    return letGo
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
