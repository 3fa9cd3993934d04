import Glibc

/// A door that opens once; threads wait in front of it.
@safe package final class Gate: @unchecked Sendable {  // everything behind the mutex
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let opened: UnsafeMutablePointer<pthread_cond_t>
  private var isOpen = false

  package init() {
    unsafe mutex = .allocate(capacity: 1)
    unsafe mutex.initialize(to: pthread_mutex_t())
    unsafe pthread_mutex_init(mutex, nil)
    unsafe opened = .allocate(capacity: 1)
    unsafe opened.initialize(to: pthread_cond_t())
    unsafe pthread_cond_init(opened, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(opened)
    unsafe pthread_mutex_destroy(mutex)
    unsafe opened.deallocate()
    unsafe mutex.deallocate()
  }

  /// Lets everybody through, from now on.
  package func open() {
    unsafe pthread_mutex_lock(mutex)
    isOpen = true
    unsafe pthread_cond_broadcast(opened)
    unsafe pthread_mutex_unlock(mutex)
  }

  /// Waits until the gate opens.
  package func wait() {
    unsafe pthread_mutex_lock(mutex)
    while !isOpen { unsafe pthread_cond_wait(opened, mutex) }
    unsafe pthread_mutex_unlock(mutex)
  }

  /// Whether the gate opens before `patience` is over.
  package func isOpen(within patience: Duration) -> Bool {
    var deadline = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &deadline)
    deadline.tv_sec += Int(patience.components.seconds)
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    while !isOpen {
      if unsafe pthread_cond_timedwait(opened, mutex, &deadline) == ETIMEDOUT { return isOpen }
    }
    return true
  }
}
