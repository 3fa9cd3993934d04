import Glibc
import Synchronization
import ZCCore

/// Whose turn it is with a context: one thread at a time, first come, first served.
///
/// A context may also be *parked*: current on a thread that is between the calls of a batch.
/// EGL lets nobody else make it current then, so a thread whose turn comes waits for the parker
/// to unpark; a parker that does nothing for `patience` costs the waiter a `busy` error
/// instead of a hang.
///
/// One atomic word says who has the turn. It changes without the mutex as long as nobody waits.
@safe final class Turn: @unchecked Sendable {  // the queue is behind the mutex
  /// A thread (its `pthread_self`, at least eight-byte aligned) with one of these; 0 is free.
  private enum Mark {
    static let taken: UInt = 1
    static let parked: UInt = 2
    /// Threads are queued: whoever ends its turn must wake them.
    static let wanted: UInt = 4
  }

  private let patience: Duration
  private let word = Atomic<UInt>(0)
  let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let changed: UnsafeMutablePointer<pthread_cond_t>
  private(set) var queue: [UInt64] = []
  private var lastTicket: UInt64 = 0
  /// Turns given to threads that had to wait, and the most that one of them saw pass.
  private var turnsGiven = 0
  private let mostPassed = Atomic<Int>(0)

  /// - Parameter patience: how long a thread waits for a batch that does nothing.
  init(patience: Duration = .seconds(5)) {
    self.patience = patience
    unsafe mutex = .allocate(capacity: 1)
    unsafe mutex.initialize(to: pthread_mutex_t())
    unsafe pthread_mutex_init(mutex, nil)
    unsafe changed = .allocate(capacity: 1)
    unsafe changed.initialize(to: pthread_cond_t())
    // The monotonic clock: a change of the wall clock must not end a wait.
    var attributes = pthread_condattr_t()
    unsafe pthread_condattr_init(&attributes)
    unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    unsafe pthread_cond_init(changed, &attributes)
    unsafe pthread_condattr_destroy(&attributes)
  }

  deinit {
    unsafe pthread_cond_destroy(changed)
    unsafe pthread_mutex_destroy(mutex)
    unsafe changed.deallocate()
    unsafe mutex.deallocate()
  }

  private static var me: UInt { UInt(pthread_self()) }

  /// Takes the turn if that needs no waiting.
  func takeAtOnce() -> Bool {
    let me = Self.me
    guard move(0, to: me | Mark.taken) || move(me | Mark.parked, to: me | Mark.taken) else {
      return false
    }
    entered()
    return true
  }

  /// Waits for this thread's turn. `unpark` makes the context no longer current on this thread;
  /// it is called when this thread has it parked and others come first. Throws `reentered` when
  /// it is this thread's turn already, `busy` when an idle batch holds the context.
  func take(unpark: () -> Void) throws(ZCError) {
    guard !takeAtOnce() else { return }
    let me = Self.me
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    let state = want()
    guard state & ~Mark.wanted != me | Mark.taken else {
      if queue.isEmpty { word.bitwiseAnd(~Mark.wanted, ordering: .relaxed) }
      throw .reentered
    }
    lastTicket &+= 1
    let ticket = lastTicket
    queue.append(ticket)
    let turnsBefore = turnsGiven
    if state & ~Mark.wanted == me | Mark.parked {
      unpark()
      word.store(Mark.wanted, ordering: .releasing)
      unsafe pthread_cond_broadcast(changed)
    }
    let isMine = wait(for: ticket)
    queue.removeAll { $0 == ticket }
    let rest = queue.isEmpty ? 0 : Mark.wanted
    guard isMine else {
      if rest == 0 { word.bitwiseAnd(~Mark.wanted, ordering: .relaxed) }
      // Who is next may have been woken in vain while this thread was first.
      unsafe pthread_cond_broadcast(changed)
      throw .busy(
        "another thread holds this context in a batch and has drawn nothing for "
          + "\(patience.components.seconds) s; end its batch before waiting for this thread")
    }
    // One more was under way.
    mostPassed.max(turnsGiven &- turnsBefore &+ 1, ordering: .relaxed)
    turnsGiven &+= 1
    word.store(me | Mark.taken | rest, ordering: .sequentiallyConsistent)
    entered()
  }

  /// The most turns of others that any thread has waited for.
  var longestWait: Int { mostPassed.load(ordering: .relaxed) }

  /// Ends this thread's turn; the context is current nowhere.
  func give() {
    leaving()
    if !move(Self.me | Mark.taken, to: 0) { freeForQueue() }
  }

  /// Ends this thread's turn and parks the context here, unless somebody waits for it.
  /// - Returns: whether it is parked. Otherwise the turn goes on.
  func park() -> Bool {
    let me = Self.me
    guard move(me | Mark.taken, to: me | Mark.parked) else { return false }
    leaving()
    return true
  }

  /// The context is no longer current on this thread, which had parked it.
  func unparked() {
    if !move(Self.me | Mark.parked, to: 0) { freeForQueue() }
  }

  private func entered() {
    DriverWork.begin()
    #if DEBUG
      LockRank.turn.enter()
    #endif
  }

  private func leaving() {
    #if DEBUG
      LockRank.turn.leave()
    #endif
    DriverWork.end()
  }

  private func move(_ old: UInt, to new: UInt) -> Bool {
    word.compareExchange(
      expected: old, desired: new, successOrdering: .acquiringAndReleasing,
      failureOrdering: .acquiring
    ).exchanged
  }

  /// Hands over to those who wait. Only the thread that has the turn, or parked, calls this.
  private func freeForQueue() {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    word.store(queue.isEmpty ? 0 : Mark.wanted, ordering: .releasing)
    unsafe pthread_cond_broadcast(changed)
  }

  /// Says that somebody waits, so that no turn ends without the mutex, which is held.
  private func want() -> UInt {
    word.bitwiseOr(Mark.wanted, ordering: .acquiringAndReleasing).newValue
  }

  /// Waits, with the mutex held, until the turn is free for `ticket`.
  /// - Returns: false when a batch held the context all the while and did nothing.
  private func wait(for ticket: UInt64) -> Bool {
    var deadline: timespec?
    while true {
      let state = want()
      if state == Mark.wanted, queue.first == ticket { return true }
      guard state & Mark.parked != 0 else {
        deadline = nil
        unsafe Work.pause(changed, mutex)
        continue
      }
      let end = deadline ?? self.deadline()
      deadline = end
      guard unsafe Work.pause(changed, mutex, until: end) != ETIMEDOUT else {
        return want() == Mark.wanted && queue.first == ticket
      }
    }
  }

  private func deadline() -> timespec {
    var now = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &now)
    now.tv_sec += Int(patience.components.seconds)
    return now
  }
}
