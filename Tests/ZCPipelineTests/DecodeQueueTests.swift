import Testing
import ZCPipeline

@Suite("the queue around a decoder")
struct DecodeQueueTests {
  typealias Queue = DecodeQueue<Int, String>

  /// What a decoder would do next, in a word.
  private func job(_ queue: inout Queue) -> String {
    switch queue.job() {
    case .decode(let packet, _): "decode \(packet)"
    case .finish: "finish"
    case .flush: "flush"
    case .stop: "stop"
    case nil: "nothing"
    }
  }

  private func queue(_ overflow: Queue.Overflow = .refuse, ahead: Int = 2) -> Queue {
    var queue = Queue(backlog: 2, ahead: ahead, overflow: overflow) { $0 != "end" }
    _ = queue.offer(0, isKey: true)
    return queue
  }

  @Test("packets are decoded in their order, as long as there is room for what comes of them")
  func order() {
    var queue = queue()
    #expect(queue.offer(1, isKey: false).0 == .taken)
    #expect(job(&queue) == "decode 0")
    guard case .kept(true) = queue.deliver("a", round: 0) else {
      Issue.record("it was not")
      return
    }
    guard case .kept(false) = queue.deliver("b", round: 0) else {
      Issue.record("it was not")
      return
    }
    #expect(job(&queue) == "nothing")
    if case .some = queue.deliver("c", round: 0) { Issue.record("there was no room") }
    #expect(queue.take() == "a")
    #expect(job(&queue) == "decode 1")
    #expect(queue.counts.taken == 2 && queue.counts.decoded == 2 && queue.counts.delivered == 1)
  }

  @Test("the end is waited for and taken as frames are, and is none")
  func end() {
    var queue = queue()
    _ = queue.deliver("a", round: 0)
    _ = queue.deliver("end", round: 0)
    #expect(queue.outcomeCount == 2 && queue.frameCount == 1)
    #expect(queue.take() == "a" && queue.take() == "end")
    #expect(queue.counts.decoded == 1 && queue.counts.delivered == 1)
  }

  @Test("a decoder that waits for what it made to be taken lets nobody wait for it")
  func stall() {
    var queue = queue()
    _ = queue.offer(1, isKey: false)
    _ = queue.deliver("a", round: 0)
    #expect(!queue.answersAtOnce && queue.taking(round: 0) == nil)
    queue.stall()
    #expect(queue.answersAtOnce && queue.offer(2, isKey: false).0 == .full)
    _ = queue.take()
    #expect(queue.taking(round: 0) == .taken)
    #expect(!queue.answersAtOnce)
    _ = queue.deliver("b", round: 0)
    queue.stall()
    _ = queue.flush()
    #expect(queue.taking(round: 0) == .over)
    _ = queue.stop()
    #expect(queue.taking(round: 1) == .over)
  }

  @Test("a packet too many is refused, and nothing is lost")
  func refuse() {
    var queue = queue()
    #expect(queue.answersAtOnce)
    _ = queue.offer(1, isKey: false)
    #expect(!queue.answersAtOnce)
    _ = queue.deliver("a", round: 0)
    _ = queue.deliver("b", round: 0)
    #expect(queue.answersAtOnce)
    let (offer, letGo, _) = queue.offer(2, isKey: false)
    #expect(offer == .full && letGo == [2] && queue.packetCount == 2)
    #expect(!queue.gate.isClosed)
  }

  @Test("or drops all that wait and closes the gate, which a keyframe opens")
  func gate() {
    var queue = queue(.gate)
    _ = queue.deliver("a", round: 0)
    _ = queue.offer(1, isKey: false)
    let (offer, packets, outcomes) = queue.offer(2, isKey: false)
    #expect(offer == .gated && packets == [0, 1, 2] && outcomes == ["a"])
    #expect(queue.gate.reason == .backlog)
    let asked = queue.asks(at: 5)
    #expect(asked)
    #expect(job(&queue) == "flush")
    #expect(queue.offer(3, isKey: true).0 == .taken)
    #expect(job(&queue) == "decode 3")
  }

  @Test("what was made before a flush is dropped")
  func flush() {
    var queue = queue()
    #expect(job(&queue) == "decode 0")
    _ = queue.offer(1, isKey: false)
    let (packets, outcomes) = queue.flush()
    #expect(packets == [1] && outcomes.isEmpty)
    guard case .dropped("late") = queue.deliver("late", round: 0) else {
      Issue.record("it was not")
      return
    }
    #expect(queue.offer(2, isKey: false).0 == .gated)
    #expect(job(&queue) == "flush")
    #expect(job(&queue) == "nothing")
    #expect(queue.counts.dropped == 2)
  }

  @Test("finished, it takes no packet, and decodes what waits first; a flush begins anew")
  func finish() {
    var queue = queue()
    queue.finish()
    #expect(queue.offer(1, isKey: true).0 == .full)
    #expect(job(&queue) == "decode 0")
    #expect(job(&queue) == "finish")
    #expect(queue.phase == .finished)
    #expect(job(&queue) == "nothing")
    let asked = queue.asks(at: 0)
    #expect(!asked)
    _ = queue.flush()
    #expect(queue.phase == .open)
    #expect(queue.offer(1, isKey: true).0 == .taken)
  }

  @Test("stopped, it says so for ever, and holds nothing")
  func stop() {
    var queue = queue()
    _ = queue.deliver("a", round: 0)
    let (packets, outcomes) = queue.stop()
    #expect(packets == [0] && outcomes == ["a"])
    #expect(job(&queue) == "stop")
    #expect(job(&queue) == "stop")
    guard case .dropped = queue.deliver("b", round: 1) else {
      Issue.record("it was not")
      return
    }
    let (more, none) = queue.flush()
    #expect(more.isEmpty && none.isEmpty && queue.phase == .stopped)
    #expect(queue.offer(1, isKey: true).0 == .full)
  }

  @Test("a packet that cannot be decoded closes the gate")
  func broken() {
    var queue = queue()
    queue.breakOff()
    #expect(queue.gate.reason == .broken && queue.offer(1, isKey: false).0 == .gated)
  }
}
