import Synchronization
import ZCCore

/// What is left of something whose owner is gone: GL names, still to be given back.
enum Remains: Hashable, Sendable {
  case texture(TextureRecord)
  case program(UInt32)
}

/// Names whose owners are gone. Burying never calls GL, so finalisers may.
package final class Graveyard: Sendable {
  private let waiting = Atomic<Int>(0)
  private let dead = Lock<[(remains: Remains, from: Generation)]>([])

  package init() {}

  /// Whether anything waits, without the lock: what is buried meanwhile waits for the next turn.
  var isEmpty: Bool { waiting.load(ordering: .relaxed) == 0 }

  func bury(_ remains: Remains, from generation: Generation) {
    dead.withLock { $0.append((remains, generation)) }
    waiting.add(1, ordering: .relaxed)
  }

  func exhume() -> [(remains: Remains, from: Generation)] {
    let exhumed = dead.withLock { dead in
      defer { dead = [] }
      return dead
    }
    waiting.subtract(exhumed.count, ordering: .relaxed)
    return exhumed
  }

  /// How many names wait for the next turn.
  package var count: Int { dead.withLock { $0.count } }
}
