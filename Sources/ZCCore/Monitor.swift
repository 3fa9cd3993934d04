import Glibc

/// A lock whose holders can wait for what it guards to change.
///
/// A wait ends with a change of another thread's, which wakes all who wait.
@safe package struct Monitor<Value: ~Copyable>: ~Copyable, @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let changed: UnsafeMutablePointer<pthread_cond_t>
  private let value: UnsafeMutablePointer<Value>

  package init(_ initial: consuming sending Value) {
    unsafe mutex = .allocate(capacity: 1)
    unsafe mutex.initialize(to: pthread_mutex_t())
    unsafe pthread_mutex_init(mutex, nil)
    unsafe changed = .allocate(capacity: 1)
    unsafe changed.initialize(to: pthread_cond_t())
    unsafe pthread_cond_init(changed, nil)
    unsafe value = .allocate(capacity: 1)
    unsafe value.initialize(to: initial)
  }

  /// Runs `body` with the value, alone, then wakes who waits.
  package borrowing func change<R, E: Error>(
    _ body: (inout Value) throws(E) -> R
  ) throws(E) -> R {
    enter()
    defer {
      unsafe pthread_cond_broadcast(changed)
      leave()
    }
    // The mutex is held, so nobody else reaches the value.
    return try unsafe body(&value.pointee)
  }

  /// Waits until `take` gives something, then wakes who waits.
  package borrowing func wait<R>(_ take: (inout Value) -> R?) -> R {
    enter()
    defer {
      unsafe pthread_cond_broadcast(changed)
      leave()
    }
    while true {
      if let taken = unsafe take(&value.pointee) { return taken }
      unsafe Work.pause(changed, mutex)
    }
  }

  private borrowing func enter() {
    #if DEBUG
      LockRank.leaf.enter()
    #endif
    unsafe pthread_mutex_lock(mutex)
  }

  private borrowing func leave() {
    unsafe pthread_mutex_unlock(mutex)
    #if DEBUG
      LockRank.leaf.leave()
    #endif
  }

  deinit {
    unsafe pthread_cond_destroy(changed)
    unsafe changed.deallocate()
    unsafe pthread_mutex_destroy(mutex)
    unsafe mutex.deallocate()
    unsafe value.deinitialize(count: 1)
    unsafe value.deallocate()
  }
}
