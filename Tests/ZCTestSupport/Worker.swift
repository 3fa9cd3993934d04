import Glibc

/// A thread of a test's own: Swift's pool must not block, and a turn knows its thread.
package final class Worker: Sendable {
  private final class Job: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  private let thread: pthread_t

  /// Starts at once.
  package init(_ body: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    let job = unsafe Unmanaged.passRetained(Job(body))
    let code = unsafe pthread_create(
      &thread, nil,
      { raw in
        ThreadBindings.forgetThisThread()
        // The one reference that `init` retained.
        if let raw = unsafe raw {
          unsafe Unmanaged<Job>.fromOpaque(raw).takeRetainedValue().body()
        }
        return nil
      }, job.toOpaque())
    precondition(code == 0, "no thread can be made")
    self.thread = thread
  }

  /// Waits until the thread has ended.
  package func join() { pthread_join(thread, nil) }

  /// Runs `body` on a thread of its own, to its end.
  package static func run(_ body: @escaping @Sendable () -> Void) { Worker(body).join() }
}

/// Gives the processor to other threads until `condition` holds.
package func yield(until condition: () -> Bool) {
  while !condition() { sched_yield() }
}
