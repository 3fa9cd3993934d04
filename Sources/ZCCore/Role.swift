/// A reason to keep a frame alive.
package enum Role: UInt8, CaseIterable, Sendable {
  /// What produced the frame and has not let go of it.
  case decoder
  /// What keeps it for later: a scene's image input, a cache.
  case cache
  /// What shows it, or handed it to the program.
  case presenter
  /// A draw that is being recorded.
  case renderer
  /// Work submitted to the GPU; only its fence drops this.
  case gpu

  /// - Throws: `lease` for the role that no caller takes.
  package func checkCallers() throws(ZCError) {
    guard self != .gpu else {
      throw .lease(
        "the role 'gpu' is taken when work is submitted and dropped by its fence alone; a caller "
          + "holds as 'decoder', 'cache', 'presenter' or 'renderer'")
    }
  }
}

/// How many holds each role has on one lease. Pure bookkeeping: no locks, no GL.
package struct RoleLedger: Sendable {
  /// What taking one hold away left.
  package enum Outcome: Hashable, Sendable {
    case notHeld
    case othersRemain
    case last
  }

  private var counts: [5 of UInt32] = .init(repeating: 0)

  package init(_ first: Role) { counts[Int(first.rawValue)] = 1 }

  package subscript(role: Role) -> UInt32 { counts[Int(role.rawValue)] }

  package var isClosed: Bool { Role.allCases.allSatisfy { self[$0] == 0 } }

  package mutating func acquire(_ role: Role) {
    counts[Int(role.rawValue)] &+= 1
  }

  /// Takes one hold of `role` away. A role that holds nothing takes nothing from another.
  package mutating func release(_ role: Role) -> Outcome {
    guard self[role] > 0 else { return .notHeld }
    counts[Int(role.rawValue)] &-= 1
    return isClosed ? .last : .othersRemain
  }
}
