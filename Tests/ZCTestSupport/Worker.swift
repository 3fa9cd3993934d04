import Glibc
import ZCCore

/// A thread of a test's own: Swift's pool must not block, and a turn knows its thread.
package final class Worker: Sendable {
  private final class Job: Sendable {
    let body: @Sendable () throws -> Void
    let failure = Lock<(any Error)?>(nil)

    init(_ body: @escaping @Sendable () throws -> Void) { self.body = body }

    func work() {
      let outcome = Result { try body() }
      guard case .failure(let error) = outcome else { return }
      failure.withLock { $0 = error }
    }
  }

  private let job: Job
  private let thread: pthread_t

  /// Starts at once.
  package init(_ body: @escaping @Sendable () throws -> Void) {
    var thread = pthread_t()
    job = Job(body)
    let raw = unsafe Unmanaged.passRetained(job)
    let code = unsafe pthread_create(
      &thread, nil,
      { raw in
        ThreadBindings.forgetThisThread()
        // The one reference that `init` retained.
        if let raw = unsafe raw { unsafe Unmanaged<Job>.fromOpaque(raw).takeRetainedValue().work() }
        return nil
      }, raw.toOpaque())
    precondition(code == 0, "no thread can be made")
    self.thread = thread
  }

  /// Waits until the thread has ended, and throws what its body threw.
  package func join() throws {
    pthread_join(thread, nil)
    if let failure = job.failure.withLock({ $0 }) { throw failure }
  }

  /// Runs `body` on a thread of its own, to its end.
  package static func run(_ body: @escaping @Sendable () throws -> Void) throws {
    try Worker(body).join()
  }
}

/// Gives the processor to other threads until `condition` holds.
package func yield(until condition: () -> Bool) {
  while !condition() { sched_yield() }
}
