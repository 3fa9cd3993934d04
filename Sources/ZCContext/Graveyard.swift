import ZCCore

/// What is left of something whose owner is gone: GL names, still to be given back.
enum Remains: Hashable, Sendable {
  case texture(TextureRecord)
  case program(UInt32)
}

/// Names whose owners are gone. Burying never calls GL, so finalisers may.
package final class Graveyard: Sendable {
  private let dead = Lock<[(remains: Remains, from: Generation)]>([])

  package init() {}

  func bury(_ remains: Remains, from generation: Generation) {
    dead.withLock { $0.append((remains, generation)) }
  }

  func exhume() -> [(remains: Remains, from: Generation)] {
    dead.withLock { dead in
      guard !dead.isEmpty else { return [] }
      defer { dead = [] }
      return dead
    }
  }

  /// How many names wait for the next turn.
  package var count: Int { dead.withLock { $0.count } }
}
