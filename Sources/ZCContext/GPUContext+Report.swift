import Synchronization
package import ZCCore
import ZCGL

extension GPUContext {
  /// What the context is and can do, and what became of memory that others made.
  package var description: JSONText {
    guard case .object(let members) = capabilities.report else { return .null }
    return .object(members + [("imports", importReport)])
  }

  /// How the context is: phase, generation, why it is lost, and what waits for the GPU. Calls no
  /// driver and waits for nobody.
  package var report: JSONText {
    let phase = phase
    let words: (name: String, generation: Generation, reason: String?) =
      switch phase {
      case .live(let generation): ("live", generation, nil)
      case .lost(let generation, let reason): ("lost", generation, reason)
      case .closed(let generation): ("closed", generation, nil)
      }
    let (holders, isClosing) = references.withLock { ($0.names, $0.isClosing) }
    return .object([
      ("phase", .string(words.name)),
      ("generation", .integer(Int(clamping: words.generation.rawValue))),
      ("reason", .optional(words.reason)),
      ("holders", .array(holders.map { .string($0) })),
      ("closing", .bool(isClosing && isOpen)),
      ("longest_wait", .integer(turn.longestWait)),
      ("waiting", .integer(waitingCount)),
      ("uploads", .integer(uploads.load(ordering: .relaxed))),
    ])
  }
}
