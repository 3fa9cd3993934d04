import Synchronization
import ZCCore
import ZCGL

/// What is left of something whose owner is gone: GL names, still to be given back, and holds of
/// the GPU.
enum Remains: Sendable {
  case texture(TextureRecord, of: Stock, from: Stock.Ledger.Term)
  /// A texture that lay idle in a pool which is closed.
  case idle(TextureRecord)
  case program(UInt32)
  /// A texture of somebody else's memory.
  case imported(ImportedSurface.Plane)
  /// The owner is the work that reads the texture; it ends with its fence.
  case hold(GPUHold)
  /// The same for what memory of others belongs to.
  case guest(any AnyObject & Sendable)
}

/// A hold in the role `gpu`.
final class GPUHold: Sendable {
  private let hold: Hold

  init(_ hold: borrowing Hold) { self.hold = hold.duplicate(as: .gpu) }
}

extension Remains {
  /// What the ancestors did, wherever they were.
  fileprivate func deleteAtOnce() {
    switch self {
    case .texture(let record, _, _), .idle(let record):
      WhateverIsCurrent.deleteFramebuffer(record.framebuffer)
      WhateverIsCurrent.deleteTexture(record.name)
    case .program(let name): WhateverIsCurrent.deleteProgram(name)
    case .imported(let plane): WhateverIsCurrent.deleteTexture(plane.name)
    case .hold, .guest: break
    }
  }
}

/// What waits for the next fence. Burying never calls GL, so finalisers may.
package final class Graveyard: Sendable {
  private let waiting = Atomic<Int>(0)
  private let epoch = ForkEpoch.current
  private let dead = Lock<[(remains: Remains, from: Generation)]>([])

  package init() {}

  /// Whether anything waits, without the lock: what is buried meanwhile waits for the next turn.
  var isEmpty: Bool { waiting.load(ordering: .relaxed) == 0 }

  func bury(_ remains: Remains, from generation: Generation) {
    // After a fork the lock may be held by a thread that is not there, and the names are no use.
    guard epoch.isCurrent else { return }
    guard Guards.keep(.burials) else {
      remains.deleteAtOnce()
      return
    }
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

  /// Forgets all: the GL context that the names were of has ended.
  func clear() {
    // A hold that goes may bury the texture it held.
    while !isEmpty { _ = exhume() }
  }

  /// How many names wait for the next turn.
  package var count: Int { dead.withLock { $0.count } }
}
