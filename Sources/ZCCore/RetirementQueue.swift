/// The order in which work was given to the GPU.
public struct SubmissionIndex: Hashable, Comparable, Sendable {
  public let rawValue: UInt64
  @inlinable init(rawValue: UInt64) { self.rawValue = rawValue }
  public static let none = SubmissionIndex(rawValue: 0)
  public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// Things that must outlive the GPU work that last used them.
///
/// Pure policy: `Fence` is whatever the driver gives; nothing here calls GL.
public struct RetirementQueue<Fence: Sendable, Remains: Sendable>: Sendable {
  @usableFromInline var last = SubmissionIndex.none
  @usableFromInline var inFlight: [(index: SubmissionIndex, fence: Fence)] = []
  @usableFromInline var waiting: [(lastUse: SubmissionIndex, remains: Remains)] = []

  @inlinable public init() {}

  @inlinable public var waitingCount: Int { waiting.count }

  /// Nothing is in flight and nothing waits, so a drain would find nothing.
  @inlinable public var isIdle: Bool { inFlight.isEmpty && waiting.isEmpty }

  /// The fence that is to signal first.
  @inlinable public var oldestFence: Fence? { inFlight.first?.fence }

  /// Records one submission, guarded by `fence`.
  @inlinable public mutating func submit(_ fence: Fence) -> SubmissionIndex {
    last = SubmissionIndex(rawValue: last.rawValue &+ 1)
    inFlight.append((last, fence))
    return last
  }

  @inlinable public mutating func bury(_ remains: Remains, lastUse: SubmissionIndex) {
    waiting.append((lastUse, remains))
  }

  /// Ends the queue: the GPU has done everything, or is gone.
  @inlinable public mutating func dissolve() -> [Remains] {
    defer { self = Self() }
    return waiting.map(\.remains)
  }

  /// Retires finished submissions, in order, and returns what may now be destroyed.
  @inlinable public mutating func drain(isSignaled: (Fence) -> Bool) -> (
    fences: [Fence], remains: [Remains]
  ) {
    let done = inFlight.prefix { isSignaled($0.fence) || !Guards.keep(.fences) }.count
    guard done > 0 else { return ([], []) }
    let fences = inFlight[..<done].map(\.fence)
    inFlight.removeFirst(done)
    let completed = inFlight.first.map { SubmissionIndex(rawValue: $0.index.rawValue &- 1) } ?? last
    let remains = waiting.compactMap { $0.lastUse <= completed ? $0.remains : nil }
    waiting.removeAll { $0.lastUse <= completed }
    return (fences, remains)
  }
}
