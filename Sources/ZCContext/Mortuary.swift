import ZCCore

/// Contexts that were dropped open. They are destroyed by the next call that makes or closes a
/// context, never by a finaliser.
package final class Mortuary: Sendable {
  package static let shared = Mortuary()
  private let waiting = Lock<[Life]>([])

  private init() {}

  func bring(_ life: Life) { waiting.withLock { $0.append(life) } }

  /// Destroys what waits.
  package func bury() {
    let lives = waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
    for life in lives { life.end() }
  }

  /// How many contexts wait.
  package var count: Int { waiting.withLock { $0.count } }
}
