import Testing
import ZCCore

@Suite("RetirementQueue")
struct RetirementQueueTests {
  @Test("remains wait for the submission that last used them")
  func order() {
    var queue = RetirementQueue<Int, String>()
    let first = queue.submit(1)
    let second = queue.submit(2)
    #expect(first < second)
    queue.bury("b", lastUse: second)
    queue.bury("a", lastUse: first)
    let drained = queue.drain { $0 == 1 }
    #expect(drained.fences == [1])
    #expect(drained.remains == ["a"])
    #expect(queue.waitingCount == 1)
    #expect(queue.drain { _ in true }.remains == ["b"])
    #expect(queue.isIdle)
  }

  @Test("a later fence that has signalled retires nothing before an earlier one")
  func inOrder() {
    var queue = RetirementQueue<Int, String>()
    queue.bury("a", lastUse: queue.submit(1))
    queue.bury("b", lastUse: queue.submit(2))
    #expect(queue.drain { $0 == 2 } == ([], []))
    #expect(queue.waitingCount == 2)
  }

  @Test("each fence is given back once")
  func fencesOnce() {
    var queue = RetirementQueue<Int, String>()
    _ = queue.submit(1)
    _ = queue.submit(2)
    #expect(!queue.isIdle)
    #expect(queue.drain { _ in true }.fences == [1, 2])
    #expect(queue.drain { _ in true }.fences == [])
    #expect(queue.isIdle)
  }

  @Test("what was used by nothing leaves with the first fence")
  func unused() {
    var queue = RetirementQueue<Int, String>()
    queue.bury("a", lastUse: .none)
    #expect(!queue.isIdle)
    #expect(queue.drain { _ in true }.remains == [])
    _ = queue.submit(1)
    _ = queue.submit(2)
    #expect(queue.drain { $0 == 1 }.remains == ["a"])
  }

  @Test("a queue that ends gives back all that waits, and is as new")
  func dissolves() {
    var queue = RetirementQueue<Int, String>()
    queue.bury("a", lastUse: queue.submit(1))
    queue.bury("b", lastUse: queue.submit(2))
    #expect(queue.dissolve() == ["a", "b"])
    #expect(queue.isIdle)
    #expect(queue.dissolve() == [])
  }

  @Test("remains of one submission keep their order")
  func stable() {
    var queue = RetirementQueue<Int, Int>()
    let only = queue.submit(1)
    for number in 0..<5 { queue.bury(number, lastUse: only) }
    #expect(queue.drain { _ in true }.remains == [0, 1, 2, 3, 4])
  }
}
