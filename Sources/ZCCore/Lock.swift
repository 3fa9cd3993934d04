public import Glibc

/// The package's one lock, over `pthread_mutex_t`.
///
/// `Synchronization.Mutex` traps on re-entry and makes ThreadSanitizer report races that are
/// not there. Public and inlinable, as is each generic type here: the bodies of `package`
/// declarations do not cross modules, and an unspecialised generic costs twenty times as much.
///
/// ``LockRank`` says in which order locks are taken.
@safe public struct Lock<Value: ~Copyable>: ~Copyable, @unchecked Sendable {
  @safe @usableFromInline struct Storage: ~Copyable {
    /// At the storage's own address, since it is the first.
    @usableFromInline var mutex: pthread_mutex_t
    @usableFromInline var value: Value
    @inlinable init(_ value: consuming Value) {
      unsafe mutex = pthread_mutex_t()
      self.value = value
    }
  }

  @usableFromInline let storage: UnsafeMutablePointer<Storage>
  @usableFromInline let rank: LockRank

  @inlinable var raw: UnsafeMutablePointer<pthread_mutex_t> {
    unsafe UnsafeMutableRawPointer(storage).assumingMemoryBound(to: pthread_mutex_t.self)
  }

  @inlinable public init(_ initial: consuming sending Value, rank: LockRank = .leaf) {
    self.rank = rank
    unsafe storage = .allocate(capacity: 1)
    unsafe storage.initialize(to: Storage(initial))
    unsafe pthread_mutex_init(raw, nil)
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
    return try unsafe body(&storage.pointee.value)
  }

  /// Takes the lock for a fork, so that no other thread holds it then.
  public borrowing func holdForFork() { unsafe pthread_mutex_lock(raw) }
  /// Ends ``holdForFork()``, in the parent and in the child.
  public borrowing func letGoAfterFork() { unsafe pthread_mutex_unlock(raw) }

  @inlinable deinit {
    unsafe pthread_mutex_destroy(raw)
    unsafe storage.deinitialize(count: 1)
    unsafe storage.deallocate()
  }
}
