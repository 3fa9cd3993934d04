import Testing
import ZCPipeline

@Suite("the presenter")
struct PresenterTests {
  typealias Queue = Presenter<String>

  /// The frame that is shown, and what was let go of for it.
  private func show(_ queue: inout Queue, at now: Double) -> [String] {
    switch queue.show(at: now) {
    case .nothing: ["nothing"]
    case .fresh(let entry, let letGo): [entry.frame] + letGo
    case .again(let entry): ["again", entry.frame]
    }
  }

  @Test(
    "the first frame is due a latency after it came, and the others as far behind it as in the medium"
  )
  func due() {
    var queue = Queue(capacity: 8, latency: 0.5)
    _ = queue.submit("a", time: 100, at: 10)
    _ = queue.submit("b", time: 100.25, at: 10)
    #expect(queue.nextDue == 10.5)
    #expect(show(&queue, at: 10.375) == ["nothing"])
    #expect(show(&queue, at: 10.5) == ["a"])
    #expect(show(&queue, at: 10.625) == ["again", "a"])
    #expect(show(&queue, at: 10.75) == ["b", "a"])
    #expect(queue.lag(at: 11) == 0.25)
    #expect(queue.counts.shown == 2 && queue.counts.repeated == 1 && queue.counts.late == 0)
  }

  @Test("of several that are due the latest is shown, and the others are late")
  func late() {
    var queue = Queue(capacity: 8, latency: 0)
    for (index, name) in ["a", "b", "c", "d"].enumerated() {
      _ = queue.submit(name, time: Double(index), at: 0)
    }
    #expect(show(&queue, at: 2.5) == ["c", "a", "b"])
    #expect(queue.counts.late == 2)
    #expect(queue.waiting == ["d"])
  }

  @Test("frames are shown in the order of the medium, whatever order they come in")
  func order() {
    var queue = Queue(capacity: 8, latency: 0)
    _ = queue.submit("a", time: 0, at: 0)
    _ = queue.submit("c", time: 2, at: 0)
    _ = queue.submit("b", time: 1, at: 0)
    #expect(queue.waiting == ["a", "b", "c"])
  }

  @Test("a frame that is not newer than what is shown is handed back")
  func stale() {
    var queue = Queue(capacity: 8, latency: 0)
    _ = queue.submit("b", time: 1, at: 0)
    _ = show(&queue, at: 0)
    #expect(queue.submit("a", time: 0.5, at: 0) == "a")
    #expect(queue.submit("b", time: 1, at: 0) == "b")
    #expect(queue.counts.stale == 2 && queue.counts.submitted == 3)
  }

  @Test("a full queue hands the frame back, and takes none away")
  func full() {
    var queue = Queue(capacity: 2, latency: 0)
    _ = queue.submit("a", time: 0, at: 0)
    _ = queue.submit("b", time: 1, at: 0)
    #expect(!queue.hasRoom)
    #expect(queue.submit("c", time: 2, at: 0) == "c")
    #expect(queue.waiting == ["a", "b"])
    #expect(queue.counts.refused == 1)
  }

  @Test("a flush keeps what is shown, and ties the clocks anew, also to an earlier time")
  func flush() {
    var queue = Queue(capacity: 8, latency: 0.25)
    _ = queue.submit("a", time: 50, at: 0)
    _ = queue.submit("b", time: 51, at: 0)
    _ = show(&queue, at: 1)
    #expect(queue.flush() == ["b"])
    #expect(show(&queue, at: 9) == ["again", "a"])
    #expect(queue.lag(at: 9) == nil)
    #expect(queue.submit("c", time: 3, at: 20) == nil)
    #expect(show(&queue, at: 20) == ["again", "a"])
    #expect(show(&queue, at: 20.25) == ["c", "a"])
    #expect(queue.counts.flushed == 1)
  }

  @Test("drained, it holds nothing; what it took is what it gave back")
  func drain() {
    var queue = Queue(capacity: 4, latency: 0)
    _ = queue.submit("a", time: 0, at: 0)
    _ = queue.submit("b", time: 1, at: 0)
    _ = show(&queue, at: 0)
    #expect(queue.drain() == ["b", "a"])
    #expect(queue.drain().isEmpty)
    #expect(show(&queue, at: 5) == ["nothing"])
    #expect(queue.nextDue == nil && queue.shown == nil && queue.waitingCount == 0)
  }

  @Test("no room and no patience are one frame and none")
  func bounds() {
    let queue = Queue(capacity: -3, latency: -1)
    #expect(queue.capacity == 1 && queue.latency == 0)
  }
}
