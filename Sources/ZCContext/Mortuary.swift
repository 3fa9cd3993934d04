import ZCCore

/// Contexts that were dropped open. They are destroyed by the next call that makes or closes a
/// context, never by a finaliser.
package final class Mortuary: Sendable {
  package static let shared = Mortuary()
  private let waiting = Lock<[(life: Life, from: ForkEpoch)]>([])

  private init() {}

  func bring(_ life: Life) { waiting.withLock { $0.append((life, .current)) } }

  /// Destroys what waits.
  package func bury() {
    let dropped = waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
    // What was dropped before a fork is the other process's to destroy.
    let lives = dropped.filter { $0.from.isCurrent }.map(\.life)
    guard !lives.isEmpty else { return }
    DriverWork.begin()
    defer { DriverWork.end() }
    for life in lives { life.end() }
  }

  /// How many contexts wait.
  package var count: Int { waiting.withLock { $0.count } }
}
