import Glibc
import ZCCore
package import ZCGL

/// What each thread has current, as EGL keeps it. All ``RecordingGL``s share it, and so does the
/// host that a test plays.
package enum ThreadBindings {
  private struct Table {
    var current: [UInt: ThreadBinding] = [:]
    var ended: Set<UInt> = []
    var lastContext: UInt = 0
  }

  private static let table = Lock(Table())

  /// This thread's number.
  package static var thisThread: UInt { UInt(pthread_self()) }

  /// A word for a context that nobody else has.
  package static func newContext() -> UInt {
    table.withLock { table in
      table.lastContext += 1
      return table.lastContext
    }
  }

  /// What this thread has current.
  package static var here: ThreadBinding {
    let me = thisThread
    return table.withLock { $0.current[me] ?? .none }
  }

  /// Makes a binding this thread's, as a host does with its own context.
  /// - Returns: why EGL would refuse, nil where it would not.
  @discardableResult
  package static func bind(_ binding: ThreadBinding) -> String? {
    let me = thisThread
    return table.withLock { table -> String? in
      if table.ended.contains(binding.context) {
        return "a binding to an ended context was put back"
      }
      let others = table.current.filter { $0.key != me && $0.value.context == binding.context }
      if binding != .none, !others.isEmpty { return "the context is current on another thread" }
      table.current[me] = binding == .none ? nil : binding
      return nil
    }
  }

  /// A binding to a context of the host's own.
  package static func host() -> ThreadBinding {
    var binding = ThreadBinding()
    binding.context = newContext()
    binding.display = 1
    binding.draw = binding.context + 1000
    binding.read = binding.draw
    return binding
  }

  /// Runs `body` with a context of the host's current, and nothing afterwards.
  /// - Returns: what `body` left current, and what was there before it.
  package static func withHost(_ body: () throws -> Void) rethrows
    -> (before: ThreadBinding, after: ThreadBinding)
  {
    let host = host()
    bind(host)
    defer { bind(.none) }
    try body()
    return (host, here)
  }

  /// Whether a thread has `context` current.
  static func isCurrent(_ context: UInt, on thread: UInt) -> Bool {
    table.withLock { $0.current[thread]?.context == context }
  }

  /// Whether any thread has `context` current.
  static func isCurrentSomewhere(_ context: UInt) -> Bool {
    table.withLock { table in table.current.values.contains { $0.context == context } }
  }

  /// The context is gone.
  package static func end(_ context: UInt) { table.withLock { _ = $0.ended.insert(context) } }

  /// A new thread may have the number of one that has ended.
  static func forgetThisThread() {
    let me = thisThread
    table.withLock { $0.current[me] = nil }
  }
}
