import CFlight
import Glibc
import Testing
import ZCCore
import ZCTestSupport

/// Each in a process of its own: a fork waits for everybody's work.
@Suite("WorkerThread")
struct WorkerThreadTests {
  @Test("a fork waits for a thread that is at work")
  func atWork() async {
    await #expect(processExitsWith: .success) {
      let told = Told()
      let isForking = Flag()
      let isAtWork = Flag()
      zcf_begin_loading()  // forks wait ten seconds then: a sanitizer beside others is slow
      let worker = try WorkerThread {
        isAtWork.raise()
        yield(until: { isForking.isRaised })
        dawdle()
        told.add("worked")
      }
      yield(until: { isAtWork.isRaised })
      isForking.raise()
      precondition(zcf_stop_work() != 0)
      told.add("forked")
      zcf_resume_work()
      worker.join()
      precondition(told.all == ["worked", "forked"])
    }
  }

  @Test("a fork does not wait for a thread that waits, and that one goes on after it")
  func waiting() async {
    await #expect(processExitsWith: .success) {
      let told = Told()
      let news = Monitor(0)
      zcf_begin_loading()
      let worker = try WorkerThread {
        news.wait { news -> Void? in
          if news == 0 { news = 1 }
          return news == 2 ? () : nil
        }
        told.add("went on")
      }
      yield(until: { news.change { $0 } == 1 })
      precondition(zcf_stop_work() != 0)
      news.change { $0 = 2 }
      dawdle()
      told.add("forked")
      zcf_resume_work()
      worker.join()
      precondition(told.all == ["forked", "went on"])
    }
  }

  @Test("a thread that begins meanwhile waits for the fork")
  func beginning() async {
    await #expect(processExitsWith: .success) {
      let told = Told()
      precondition(zcf_stop_work() != 0)
      let worker = try WorkerThread { told.add("began") }
      dawdle()
      told.add("forked")
      zcf_resume_work()
      worker.join()
      precondition(told.all == ["forked", "began"])
    }
  }

  @Test("a fork does not wait for the work of the thread that forks, which goes on after it")
  func ownWork() async {
    await #expect(processExitsWith: .success) {
      zcf_begin_work()
      zcf_begin_work()
      precondition(zcf_stop_work() != 0)
      zcf_resume_work()
      let was = zcf_pause_work()
      precondition(was == 2)
      zcf_go_on_with_work(was)
      zcf_end_work()
      zcf_end_work()
      precondition(zcf_pause_work() == 0)
    }
  }
}

/// Time for what must not happen, however busy the machine is.
private func dawdle() {
  let end = ContinuousClock.now + .milliseconds(5)
  while ContinuousClock.now < end { sched_yield() }
}

/// What threads tell, in order.
private final class Told: Sendable {
  private let words = Lock<[String]>([])
  var all: [String] { words.withLock { $0 } }
  func add(_ word: String) { words.withLock { $0.append(word) } }
}

/// Raised once, by one thread for another.
private final class Flag: Sendable {
  private let state = Lock(false)
  var isRaised: Bool { state.withLock { $0 } }
  func raise() { state.withLock { $0 = true } }
}
