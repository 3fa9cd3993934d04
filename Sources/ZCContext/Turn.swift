import Glibc
import ZCCore

/// Whose turn it is with a context: one thread at a time, first come, first served.
///
/// A context may also be *parked*: current on a thread that is between the calls of a batch.
/// EGL lets nobody else make it current then, so a thread whose turn comes waits for the parker
/// to unpark; a parker that does nothing for `patience` costs the waiter a `busy` error
/// instead of a hang.
@safe final class Turn: @unchecked Sendable {  // everything behind the mutex
  static let patience = Duration.seconds(5)

  private struct State {
    var owner: UInt = 0
    var parker: UInt = 0
    /// Changes whenever the parker does something.
    var parkings: UInt64 = 0
    var queue: [UInt64] = []
    var lastTicket: UInt64 = 0

    func isFree(for thread: UInt) -> Bool {
      owner == 0 && queue.isEmpty && (parker == 0 || parker == thread)
    }
  }

  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let changed: UnsafeMutablePointer<pthread_cond_t>
  private var state = State()

  init() {
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

  static var thisThread: UInt { UInt(pthread_self()) }

  /// Waits for this thread's turn. `unpark` makes the context no longer current on this thread;
  /// it is called when this thread has it parked and others come first. Throws `reentered` when
  /// it is this thread's turn already, `busy` when an idle batch holds the context.
  func take(unpark: () -> Void) throws(ZCError) {
    let me = Self.thisThread
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    guard state.owner != me else { throw .reentered }
    if state.isFree(for: me) {
      state.owner = me
      return
    }
    try wait(me, unpark: unpark)
    state.owner = me
  }

  /// Ends this thread's turn; the context is current nowhere.
  func give() {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    state.parker = 0
    end()
  }

  /// Ends this thread's turn and parks the context here, unless somebody waits for it.
  /// - Returns: whether it is parked. Otherwise the turn goes on.
  func park() -> Bool {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    guard state.queue.isEmpty else { return false }
    state.parker = state.owner
    end()
    return true
  }

  /// The mutex is held.
  private func end() {
    state.parkings &+= 1
    state.owner = 0
    if !state.queue.isEmpty { unsafe pthread_cond_broadcast(changed) }
  }

  /// The context is no longer current on the thread that parked it.
  func unparked() {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    state.parker = 0
    state.parkings &+= 1
    if !state.queue.isEmpty { unsafe pthread_cond_broadcast(changed) }
  }

  /// Takes the turn if that needs no waiting.
  func takeAtOnce() -> Bool {
    let me = Self.thisThread
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    guard state.isFree(for: me) else { return false }
    state.owner = me
    return true
  }

  /// The mutex is held.
  private func wait(_ me: UInt, unpark: () -> Void) throws(ZCError) {
    state.lastTicket &+= 1
    let ticket = state.lastTicket
    state.queue.append(ticket)
    if state.parker == me {
      unpark()
      state.parker = 0
      unsafe pthread_cond_broadcast(changed)
    }
    var seen = state.parkings
    var deadline = Self.deadline()
    while state.owner != 0 || state.queue.first != ticket || state.parker != 0 {
      let isIdleBatch = state.owner == 0 && state.parker != 0
      guard isIdleBatch else {
        unsafe pthread_cond_wait(changed, mutex)
        deadline = Self.deadline()
        continue
      }
      if seen != state.parkings {
        seen = state.parkings
        deadline = Self.deadline()
      }
      if unsafe pthread_cond_timedwait(changed, mutex, &deadline) == ETIMEDOUT,
        seen == state.parkings
      {
        state.queue.removeAll { $0 == ticket }
        unsafe pthread_cond_broadcast(changed)
        throw .busy(
          "another thread holds this context in a batch and has drawn nothing for "
            + "\(Self.patience.components.seconds) s; end its batch before waiting for this thread")
      }
    }
    state.queue.removeFirst()
  }

  private static func deadline() -> timespec {
    var now = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &now)
    now.tv_sec += Int(patience.components.seconds)
    return now
  }
}
