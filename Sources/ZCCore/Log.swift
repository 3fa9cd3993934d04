import Synchronization

/// Lines for the Python logger `zcgpu`, on their way there. Nothing here calls Python: whoever
/// does takes the lines after its call.
///
/// Thread-safety: any thread may call anything here.
package final class Log: Sendable {
  package enum Level: Int32, Sendable {
    case debug = 10
    case warning = 30
  }

  package struct Line: Hashable, Sendable {
    package let level: Level
    package let text: String
  }

  private struct Queue: Sendable {
    var lines: [Line] = []
    var dropped = 0
  }

  private static let process = PerProcess { Log(capacity: 1024) }
  package static var shared: Log { process.current }

  /// Whether a line waits in the process's log, without its lock.
  package static var hasLines: Bool { waits.load(ordering: .relaxed) }
  private static let waits = Atomic<Bool>(false)

  private let capacity: Int
  private let queue = Lock(Queue())

  /// - Parameter capacity: lines that may wait; of more, only the number is kept.
  package init(capacity: Int) { self.capacity = capacity }

  /// Says something without anyone having asked for it: at a boundary, never at every frame.
  package static func warn(_ text: String) { shared.add(.warning, text) }

  package func add(_ level: Level, _ text: String) {
    queue.withLock { queue in
      guard queue.lines.count < capacity else {
        queue.dropped += 1
        return
      }
      queue.lines.append(Line(level: level, text: text))
    }
    Self.waits.store(true, ordering: .relaxed)
  }

  /// Takes the oldest line; after the last that was kept, one that counts those that were not.
  package func take() -> Line? {
    queue.withLock { queue in
      guard queue.lines.isEmpty else { return queue.lines.removeFirst() }
      guard queue.dropped > 0 else {
        Self.waits.store(false, ordering: .relaxed)
        return nil
      }
      defer { queue.dropped = 0 }
      return Line(
        level: .warning,
        text: "\(queue.dropped) lines were dropped: more came than were taken")
    }
  }
}
