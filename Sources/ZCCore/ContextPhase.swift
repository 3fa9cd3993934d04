/// The life of a context. The only legal moves are those its methods accept.
package enum ContextPhase: Hashable, Sendable {
  case live(Generation)
  /// The driver gave the context up; the reason is the driver's.
  case lost(Generation, reason: String)
  case closed(last: Generation)

  /// The generation that lives, or why none does.
  package func liveGeneration() throws(ZCError) -> Generation {
    switch self {
    case .live(let generation): return generation
    case .lost(_, let reason): throw .contextLost(reason)
    case .closed: throw .closed("the context is closed; make a new zcgpu.Context()")
    }
  }

  /// Ends the context for good. Closing twice is no mistake: the second does nothing.
  /// - Returns: whether this call closed it.
  package mutating func close() -> Bool {
    switch self {
    case .live(let generation), .lost(let generation, _):
      self = .closed(last: generation)
      return true
    case .closed: return false
    }
  }

  /// Notes that the driver gave the context up. A closed context stays closed.
  package mutating func lose(reason: String) {
    guard case .live(let generation) = self else { return }
    self = .lost(generation, reason: reason)
  }
}
