package import ZCCore

/// A frame that can be held once more.
package protocol HeldFrame: Sendable {
  /// Another hold on the same frame.
  func share(as role: Role) -> Self
}

/// What of a pipeline lies between decoder and viewer: its state, presenter and cache, and the books
/// of the holds that these have. Policy without a lock.
///
/// What is handed back was let go of, and is the caller's to drop.
package struct PipelineStage<Frame: HeldFrame>: Sendable {
  /// What is to be seen.
  package struct Showing: Sendable {
    package let frame: Frame
    /// Counts the frames that were shown: the same number is the same frame.
    package let number: Int
  }

  package private(set) var state = PipelineState.running
  package private(set) var presenter: Presenter<Frame>
  package private(set) var cache: FrameCache<Frame>
  package private(set) var lag = LatencyStatistics()
  /// Holds that were taken here, and given back.
  package private(set) var taken = 0
  package private(set) var released = 0

  package init(_ settings: PipelineSettings) {
    presenter = Presenter(capacity: settings.ahead, latency: settings.latency)
    cache = FrameCache(capacity: settings.cache)
  }

  /// Another frame may be submitted.
  package var hasRoom: Bool { state == .running && presenter.hasRoom }

  /// Takes a hold of its own on a frame that is to be shown.
  package mutating func submit(_ frame: Frame, time: Double, at now: Double) -> [Frame] {
    guard state.isOpen else { return [] }
    let refused = presenter.submit(hold(frame, .presenter), time: time, at: now)
    return letGo(refused.map { [$0] } ?? [])
  }

  /// What is to be seen at `now`; it is kept for later, too.
  package mutating func show(at now: Double) -> (Showing?, letGo: [Frame]) {
    guard state.isOpen else { return (nil, []) }
    let entry: Presenter<Frame>.Entry
    var gone: [Frame] = []
    switch presenter.show(at: now) {
    case .nothing: return (nil, [])
    case .again(let shown): entry = shown
    case .fresh(let shown, let late):
      entry = shown
      gone = late
      if let lag = presenter.lag(at: now) { self.lag.add(lag) }
      gone += cache.keep(hold(shown.frame, .cache), index: presenter.counts.shown)
    }
    return (Showing(frame: entry.frame, number: presenter.counts.shown), letGo(gone))
  }

  /// The frame that was shown so many frames before the one that is shown, where it is kept still.
  package mutating func past(_ steps: Int) -> Showing? {
    guard state.isOpen, presenter.shown != nil, (0...presenter.counts.shown).contains(steps) else {
      return nil
    }
    let number = presenter.counts.shown - steps
    return cache.frame(number).map { Showing(frame: $0, number: number) }
  }

  /// Forgets what waits; what is shown, and what is kept, stays.
  package mutating func flush() -> [Frame] { letGo(presenter.flush()) }

  /// Gives up the oldest of what is kept, to make room elsewhere.
  package mutating func evict() -> Frame? { letGo(cache.evict().map { [$0] } ?? []).first }

  /// The source has no more.
  package mutating func end() { state.end() }
  /// The source begins anew.
  package mutating func resume() { state.resume() }
  /// Begins to stop: see ``PipelineState/stop()``.
  package mutating func stop() -> Bool { state.stop() }

  /// Does what of a step is done here, and goes on to the next.
  package mutating func finish(_ step: PipelineState.Step) -> [Frame] {
    guard state.step == step else { return [] }
    state.finish(step)
    switch step {
    case .drainPresenter: return letGo(presenter.drain())
    case .dropCache: return letGo(cache.drop())
    case .stopWorkers, .flushGPU, .closeDecoder: return []
    }
  }

  private mutating func hold(_ frame: Frame, _ role: Role) -> Frame {
    taken &+= 1
    return frame.share(as: role)
  }

  private mutating func letGo(_ frames: [Frame]) -> [Frame] {
    released &+= frames.count
    return frames
  }
}

extension PipelineStage {
  /// How many holds each stage has now.
  package var roles: [(Role, Int)] {
    [(.presenter, presented.count), (.cache, cache.count)]
  }

  /// What the presenter holds.
  package var presented: [Frame] {
    presenter.waiting + (presenter.shown.map { [$0.frame] } ?? [])
  }

  /// What is wrong with the books; nil while each frame has the holders that the state says.
  package var imbalance: String? {
    let held = presented.count + cache.count
    let it = presenter.counts
    let wrongs = [
      (taken - released != held, "\(taken) taken, \(released) released, \(held) held"),
      (
        it.submitted
          != it.refused + it.stale + it.late + it.flushed + it.shown + presenter.waitingCount,
        "\(it) and \(presenter.waitingCount) wait: frames were lost, or made"
      ),
      (presenter.waitingCount > presenter.capacity, "more frames wait than may"),
      (cache.count > cache.capacity, "more frames are kept than may"),
      (state.isPast(.drainPresenter) && !presented.isEmpty, "a drained presenter holds frames"),
      (state.isPast(.dropCache) && cache.count > 0, "a cache that was dropped holds frames"),
      ([taken, released, it.late, it.stale, it.flushed].contains { $0 < 0 }, "a count below 0"),
    ]
    return wrongs.first { $0.0 }?.1
  }
}
