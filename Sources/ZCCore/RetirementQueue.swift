/// The order in which work was given to the GPU.
package struct SubmissionIndex: Hashable, Comparable, Sendable {
  package let rawValue: UInt64
  package static let none = SubmissionIndex(rawValue: 0)
  package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// Things that must outlive the GPU work that last used them.
///
/// Pure policy: `Fence` is whatever the driver gives; nothing here calls GL.
package struct RetirementQueue<Fence: Sendable, Remains: Sendable>: Sendable {
  private var last = SubmissionIndex.none
  private var inFlight: [(index: SubmissionIndex, fence: Fence)] = []
  private var waiting: [(lastUse: SubmissionIndex, remains: Remains)] = []

  package init() {}

  package var waitingCount: Int { waiting.count }

  /// Nothing is in flight and nothing waits, so a drain would find nothing.
  package var isIdle: Bool { inFlight.isEmpty && waiting.isEmpty }

  /// Records one submission, guarded by `fence`.
  package mutating func submit(_ fence: Fence) -> SubmissionIndex {
    last = SubmissionIndex(rawValue: last.rawValue &+ 1)
    inFlight.append((last, fence))
    return last
  }

  package mutating func bury(_ remains: Remains, lastUse: SubmissionIndex) {
    waiting.append((lastUse, remains))
  }

  /// Retires finished submissions, in order, and returns what may now be destroyed.
  package mutating func drain(isSignaled: (Fence) -> Bool) -> (fences: [Fence], remains: [Remains])
  {
    let done = inFlight.prefix { isSignaled($0.fence) }
    guard !done.isEmpty else { return ([], []) }
    inFlight.removeFirst(done.count)
    let completed = inFlight.first.map { SubmissionIndex(rawValue: $0.index.rawValue &- 1) } ?? last
    let ready = waiting.filter { $0.lastUse <= completed }
    waiting.removeAll { $0.lastUse <= completed }
    return (done.map(\.fence), ready.map(\.remains))
  }
}
