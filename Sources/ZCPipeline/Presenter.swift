/// Which frame is to be seen when: a bounded queue in the order of media time, and what was shown
/// last.
///
/// Times are seconds: `now` of the caller's clock, `time` of the medium. The first frame after a
/// start or a flush ties the two: it is due `latency` after it came. What is handed back was let go
/// of, and is the caller's to drop. Numbers are finite.
package struct Presenter<Frame: Sendable>: Sendable {
  package struct Entry: Sendable {
    package let frame: Frame
    package let time: Double
  }

  /// What there is to be seen at a moment.
  package enum Showing: Sendable {
    /// Nothing has come yet.
    case nothing
    /// A frame that was not shown before; it took the place of those let go of.
    case fresh(Entry, letGo: [Frame])
    /// None is due: what was shown last, without another hold on it.
    case again(Entry)
  }

  /// What became of frames, exact.
  package struct Counts: Hashable, Sendable {
    package internal(set) var submitted = 0
    package internal(set) var shown = 0
    package internal(set) var repeated = 0
    /// A later one was due as well.
    package internal(set) var late = 0
    /// Older than what is shown already.
    package internal(set) var stale = 0
    package internal(set) var refused = 0
    package internal(set) var flushed = 0
  }

  package let capacity: Int
  package let latency: Double
  package private(set) var counts = Counts()
  package private(set) var shown: Entry?
  private var queue: [Entry] = []
  /// The caller's clock minus the medium's.
  private var anchor: Double?

  /// - Parameters:
  ///   - capacity: frames that may wait, 1 at least.
  ///   - latency: how long after it came the first frame is shown, in seconds.
  package init(capacity: Int, latency: Double) {
    self.capacity = max(1, capacity)
    self.latency = max(0, latency)
  }

  package var waitingCount: Int { queue.count }
  package var hasRoom: Bool { queue.count < capacity }
  /// What waits, the first first.
  package var waiting: [Frame] { queue.map(\.frame) }

  /// Takes a frame to be shown.
  /// - Returns: the frame where it was not taken: the queue is full, or it is older than what is
  ///   shown.
  package mutating func submit(_ frame: Frame, time: Double, at now: Double) -> Frame? {
    counts.submitted &+= 1
    if let shown, anchor != nil, time <= shown.time {
      counts.stale &+= 1
      return frame
    }
    guard hasRoom else {
      counts.refused &+= 1
      return frame
    }
    if anchor == nil { anchor = now + latency - time }
    let place = queue.lastIndex { $0.time <= time }.map { $0 + 1 } ?? 0
    queue.insert(Entry(frame: frame, time: time), at: place)
    return nil
  }

  /// What is to be seen at `now`: the latest frame that is due. Those due before it are late.
  package mutating func show(at now: Double) -> Showing {
    guard let anchor, let due = queue.lastIndex(where: { $0.time + anchor <= now }) else {
      guard let shown else { return .nothing }
      counts.repeated &+= 1
      return .again(shown)
    }
    let entry = queue[due]
    var letGo = queue[..<due].map(\.frame)
    counts.late &+= due
    queue.removeFirst(due + 1)
    if let shown { letGo.append(shown.frame) }
    shown = entry
    counts.shown &+= 1
    return .fresh(entry, letGo: letGo)
  }

  /// When the next frame is due, by the caller's clock.
  package var nextDue: Double? {
    guard let anchor, let first = queue.first else { return nil }
    return first.time + anchor
  }

  /// How far the frame that is shown lags behind its time at `now`.
  package func lag(at now: Double) -> Double? {
    guard let anchor, let shown else { return nil }
    return now - (shown.time + anchor)
  }

  /// Empties the queue; what is shown stays. The next frame ties the clocks anew, whatever its time.
  package mutating func flush() -> [Frame] {
    defer { queue = [] }
    counts.flushed &+= queue.count
    anchor = nil
    return waiting
  }

  /// Lets go of everything.
  package mutating func drain() -> [Frame] {
    let frames = flush() + (shown.map { [$0.frame] } ?? [])
    shown = nil
    return frames
  }
}
