import CFlight
import Glibc
import Testing
import ZCCore
import ZCTestSupport

@Suite("WorkerThread", .serialized)
final class WorkerThreadTests: Sendable {
  private let told = Lock<[String]>([])

  private func tell(_ word: String) { told.withLock { $0.append(word) } }

  /// Other tests' threads may be at work for long.
  private func stopAll() throws {
    for _ in 0..<60 {
      if zcf_stop_work() != 0 { return }
      zcf_resume_work()
    }
    throw NeverStill()
  }

  private struct NeverStill: Error {}

  /// Time for what must not happen.
  private static func dawdle() {
    for _ in 0..<10_000 { sched_yield() }
  }

  @Test("a fork waits for a thread that is at work")
  func atWork() throws {
    let isForking = Flag()
    let isAtWork = Flag()
    let worker = try WorkerThread { [self] in
      isAtWork.raise()
      yield(until: { isForking.isRaised })
      Self.dawdle()
      tell("worked")
    }
    yield(until: { isAtWork.isRaised })
    isForking.raise()
    try stopAll()
    tell("forked")
    zcf_resume_work()
    worker.join()
    #expect(told.withLock { $0 } == ["worked", "forked"])
  }

  @Test("a fork does not wait for a thread that waits, and that one goes on after it")
  func waiting() throws {
    let news = Monitor(0)
    let worker = try WorkerThread { [self] in
      news.wait { news -> Void? in
        if news == 0 { news = 1 }
        return news == 2 ? () : nil
      }
      tell("went on")
    }
    yield(until: { news.change { $0 } == 1 })
    try stopAll()
    news.change { $0 = 2 }
    Self.dawdle()
    tell("forked")
    zcf_resume_work()
    worker.join()
    #expect(told.withLock { $0 } == ["forked", "went on"])
  }

  @Test("a fork does not wait for the work of the thread that forks, which goes on after it")
  func ownWork() throws {
    zcf_begin_work()
    zcf_begin_work()
    try stopAll()
    zcf_resume_work()
    let was = zcf_pause_work()
    #expect(was == 2)
    zcf_go_on_with_work(was)
    zcf_end_work()
    zcf_end_work()
    #expect(zcf_pause_work() == 0)
  }

  @Test("a thread that begins meanwhile waits for the fork")
  func beginning() throws {
    try stopAll()
    let worker = try WorkerThread { [self] in tell("began") }
    Self.dawdle()
    tell("forked")
    zcf_resume_work()
    worker.join()
    #expect(told.withLock { $0 } == ["forked", "began"])
  }
}

/// Raised once, by one thread for another.
private final class Flag: Sendable {
  private let state = Lock(false)
  var isRaised: Bool { state.withLock { $0 } }
  func raise() { state.withLock { $0 = true } }
}
