import CFlight
package import Glibc

/// What a fork waits for, a second at most: a child inherits locks as they are, Swift's runtime's and the
/// loader's among them.
package enum Work {
  /// Runs `body`, which loads libraries. Forks wait longer for that: a child would crash.
  package static func load<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
    zcf_begin_loading()
    zcf_begin_work()
    defer {
      zcf_end_work()
      zcf_end_loading()
    }
    return try body()
  }

  /// Waits at a condition, whose mutex is held, until a deadline by its clock, and holds up no fork
  /// meanwhile. While a fork is under way it does not keep the mutex.
  /// - Returns: what `pthread_cond_timedwait` does.
  @discardableResult
  package static func pause(
    _ condition: UnsafeMutablePointer<pthread_cond_t>,
    _ mutex: UnsafeMutablePointer<pthread_mutex_t>, until deadline: timespec? = nil
  ) -> CInt {
    let work = zcf_pause_work()
    let code =
      if var deadline {
        unsafe pthread_cond_timedwait(condition, mutex, &deadline)
      } else {
        unsafe pthread_cond_wait(condition, mutex)
      }
    guard work > 0 else { return code }
    unsafe pthread_mutex_unlock(mutex)
    zcf_go_on_with_work(work)
    unsafe pthread_mutex_lock(mutex)
    return code
  }
}
