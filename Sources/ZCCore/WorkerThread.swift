import CFlight
import Glibc

/// A thread of ours: it runs one function, calls neither Python nor GL, and takes no signals. A fork
/// waits until it waits itself, at a ``Monitor``: else the child would inherit the locks that it holds.
///
/// Whoever drops it without joining lets it end by itself; nothing is waited for.
@safe package final class WorkerThread: Sendable {
  private let thread: Lock<pthread_t?>
  private let epoch = ForkEpoch.current

  /// - Throws: `outOfMemory` where the system has no thread to give.
  package init(_ body: @escaping @Sendable () -> Void) throws(ZCError) {
    let job = unsafe Unmanaged.passRetained(Job(body))
    var thread = pthread_t()
    var all = sigset_t()
    var before = sigset_t()
    unsafe sigfillset(&all)
    // Signals are the program's: its own threads get them.
    unsafe pthread_sigmask(SIG_SETMASK, &all, &before)
    let code = unsafe pthread_create(
      &thread, nil,
      { raw in
        guard let raw = unsafe raw else { return nil }
        // The one reference that was handed over below.
        zcf_begin_work()
        unsafe Unmanaged<Job>.fromOpaque(raw).takeRetainedValue().body()
        zcf_end_work()
        return nil
      }, job.toOpaque())
    unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
    guard code == 0 else {
      unsafe job.release()
      throw .outOfMemory("the system has no thread to decode on (\(code))")
    }
    self.thread = Lock(thread)
  }

  private final class Job: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Waits until the function has returned. A second time, on the thread itself, and in a child of
  /// a fork, which does not have the thread, it does not wait.
  package func join() {
    guard epoch.isCurrent else { return }
    let joined = thread.withLock { thread -> pthread_t? in
      guard let id = thread, pthread_equal(id, pthread_self()) == 0 else { return nil }
      thread = nil
      return id
    }
    if let joined { pthread_join(joined, nil) }
  }

  deinit {
    guard epoch.isCurrent, let left = thread.withLock({ $0 }) else { return }
    pthread_detach(left)
  }
}
