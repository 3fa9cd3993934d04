import ZCCore

/// Contexts that were dropped open. They are destroyed by the next call that makes or closes a
/// context, never by a finaliser. A borrowed one waits until such a call finds it current.
package final class Mortuary: Sendable {
  package static let shared = Mortuary()
  /// Contexts that their owner has closed, and whose last reference was dropped.
  private let closing = Lock<[GPUContext]>([])
  private let waiting = Lock<[(life: Life, from: ForkEpoch)]>([])

  private init() {}

  func bring(_ life: Life) { waiting.withLock { $0.append((life, .current)) } }

  func bring(_ context: GPUContext) { closing.withLock { $0.append(context) } }

  /// Destroys what waits. A context that another thread is using waits for the next time.
  package func bury() {
    let due = closing.withLock { closing in
      defer { closing = [] }
      return closing
    }
    for context in due where context.isInItsProcess && !context.closeAtOnce() { bring(context) }
    let dropped = waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
    // What was dropped before a fork is the other process's to destroy.
    let lives = dropped.filter { $0.from.isCurrent }.map(\.life)
    guard !lives.isEmpty else { return }
    DriverWork.begin()
    defer { DriverWork.end() }
    for life in lives where !life.end() { bring(life) }
  }

  /// How many contexts wait.
  package var count: Int { waiting.withLock { $0.count } }
}
