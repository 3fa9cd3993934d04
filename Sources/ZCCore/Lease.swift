/// Shared ownership of one payload, counted by role.
///
/// A lease hands out ``Hold``s. It lets go of the payload once, on the thread that drops the last
/// hold: the payload's `deinit` must not call GL.
package final class Lease: Sendable {
  private struct State: Sendable {
    var ledger: RoleLedger
    var payload: (any AnyObject & Sendable)?
  }

  package let generation: Generation
  private let subject: FlightSubject
  private let state: Lock<State>

  private init(
    _ payload: any AnyObject & Sendable, first role: Role, in generation: Generation,
    of subject: FlightSubject
  ) {
    self.subject = subject
    self.generation = generation
    self.state = Lock(State(ledger: RoleLedger(role), payload: payload))
  }

  /// Opens a lease and returns its first hold; `subject` is what the flight recorder calls it.
  package static func open(
    _ payload: any AnyObject & Sendable, as role: Role, in generation: Generation,
    of subject: FlightSubject = .unnamed
  ) -> Hold {
    Flight.record(.leaseOpen, subject, role)
    return Hold(adopting: Lease(payload, first: role, in: generation, of: subject), as: role)
  }

  package func count(of role: Role) -> UInt32 { roles[role] }

  /// How many holds each role has, all at one moment.
  package var roles: RoleLedger { state.withLock { $0.ledger } }

  fileprivate func acquire(_ role: Role) {
    state.withLock { $0.ledger.acquire(role) }
    Flight.record(.leaseAcquire, subject, role)
  }

  fileprivate func release(_ role: Role) {
    // Before it is so: whoever comes last is told last.
    Flight.record(.leaseRelease, subject, role)
    let last = state.withLock { state -> (any AnyObject & Sendable)? in
      state.ledger.release(role) == .last || !Guards.keep(.holders) ? state.payload.take() : nil
    }
    guard let last else { return }
    Flight.record(.leaseEnd, subject)
    _ = consume last  // outside the lock
  }
}

/// One role's hold on a lease: the token that keeps the payload. Dropping it releases it; it
/// cannot be released twice, and nobody can release another's.
package struct Hold: ~Copyable, Sendable {
  package let lease: Lease
  package let role: Role

  fileprivate init(adopting lease: Lease, as role: Role) {
    self.lease = lease
    self.role = role
  }

  /// Takes another hold on the same lease, for `role`.
  package func duplicate(as role: Role) -> Hold {
    lease.acquire(role)
    return Hold(adopting: lease, as: role)
  }

  /// Passes this hold to another role without a moment of zero holds.
  package consuming func pass(to role: Role) -> Hold { duplicate(as: role) }

  deinit { lease.release(role) }
}
