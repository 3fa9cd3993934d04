public import Glibc

/// The package's one lock, over `pthread_mutex_t`.
///
/// `Synchronization.Mutex` traps on re-entry and makes ThreadSanitizer report races that are
/// not there. Public and inlinable, as is each generic type here: the bodies of `package`
/// declarations do not cross modules, and an unspecialised generic costs twenty times as much.
///
/// ``LockRank`` says in which order locks are taken.
@safe public struct Lock<Value: ~Copyable>: ~Copyable, @unchecked Sendable {
  @usableFromInline let raw: UnsafeMutablePointer<pthread_mutex_t>
  @usableFromInline let value: UnsafeMutablePointer<Value>
  @usableFromInline let rank: LockRank

  @inlinable public init(_ initial: consuming sending Value, rank: LockRank = .leaf) {
    self.rank = rank
    unsafe raw = .allocate(capacity: 1)
    unsafe raw.initialize(to: pthread_mutex_t())
    unsafe pthread_mutex_init(raw, nil)
    unsafe value = .allocate(capacity: 1)
    unsafe value.initialize(to: initial)
  }

  /// Runs `body` with the value, alone. `body` must not take this lock again.
  @inlinable public borrowing func withLock<R: ~Copyable, E: Error>(
    _ body: (inout sending Value) throws(E) -> sending R
  ) throws(E) -> sending R {
    #if DEBUG
      rank.enter()
      defer { rank.leave() }
    #endif
    unsafe pthread_mutex_lock(raw)
    defer { unsafe pthread_mutex_unlock(raw) }
    // The mutex is held, so nobody else reaches the value.
    return try unsafe body(&value.pointee)
  }

  /// Takes the lock for a fork, so that no other thread holds it then.
  public borrowing func holdForFork() { unsafe pthread_mutex_lock(raw) }
  /// Ends ``holdForFork()``, in the parent and in the child.
  public borrowing func letGoAfterFork() { unsafe pthread_mutex_unlock(raw) }

  @inlinable deinit {
    unsafe pthread_mutex_destroy(raw)
    unsafe raw.deallocate()
    unsafe value.deinitialize(count: 1)
    unsafe value.deallocate()
  }
}
