import Testing
import ZCCore
import ZCTestSupport

@testable import ZCContext

@Suite("Turn")
struct TurnTests {
  private let turn = Turn()

  @Test("turns are given first come, first served")
  func order() throws {
    let log = Log()
    try turn.take {}
    let workers = (1...6).map { number in
      let worker = Worker { [turn] in
        try turn.take {}
        log.add(number)
        turn.give()
      }
      yield { turn.waitingCount == number }
      return worker
    }
    #expect(log.all == [])
    turn.give()
    for worker in workers { try worker.join() }
    #expect(log.all == [1, 2, 3, 4, 5, 6])
  }

  @Test("nobody overtakes who waits")
  func overtaking() throws {
    let log = Log()
    try turn.take {}
    let worker = Worker { [turn] in
      try turn.take {}
      log.add(1)
      turn.give()
    }
    yield { turn.waitingCount == 1 }
    turn.give()
    // The worker may not have woken up yet: it comes first all the same.
    try turn.take {}
    log.add(2)
    turn.give()
    try worker.join()
    #expect(log.all == [1, 2])
  }

  @Test("taking a turn twice is an error")
  func reentry() throws {
    try turn.take {}
    #expect(throws: ZCError.reentered) { try turn.take {} }
    #expect(!turn.takeAtOnce())
    turn.give()
    #expect(turn.takeAtOnce())
    turn.give()
  }

  @Test("a parked turn is its thread's own, and nobody else's at once")
  func parked() throws {
    try turn.take {}
    #expect(turn.park())
    try Worker.run { [turn] in #expect(!turn.takeAtOnce()) }
    #expect(turn.takeAtOnce())
    #expect(turn.park())
    turn.unparked()
    try Worker.run { [turn] in
      #expect(turn.takeAtOnce())
      turn.give()
    }
  }

  @Test("who waits for a batch that does nothing is told so, and the batch loses nothing by it")
  func busy() throws {
    let turn = Turn(patience: .zero)
    try turn.take {}
    #expect(turn.park())
    try Worker.run {
      let error = #expect(throws: ZCError.self) { try turn.take {} }
      guard case .busy? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
    #expect(turn.waitingCount == 0)
    try turn.take { Issue.record("nobody waits, and yet the batch is asked to let go") }
    #expect(turn.park())
    turn.unparked()
    try Worker.run {
      try turn.take {}
      turn.give()
    }
  }

  @Test("who waits for a call in a batch, however long it takes, is not told that it is idle")
  func patient() throws {
    let turn = Turn(patience: .zero)
    try turn.take {}
    let worker = Worker {
      try turn.take {}
      turn.give()
    }
    yield { turn.waitingCount == 1 }
    turn.give()
    try worker.join()
  }

  @Test("a turn that somebody waits for is not parked")
  func wanted() throws {
    try turn.take {}
    let worker = Worker { [turn] in
      try turn.take {}
      turn.give()
    }
    yield { turn.waitingCount == 1 }
    #expect(!turn.park())
    turn.give()
    try worker.join()
  }
}

/// Numbers in the order they were added.
final class Log: Sendable {
  private let numbers = Lock<[Int]>([])
  var all: [Int] { numbers.withLock { $0 } }
  func add(_ number: Int) { numbers.withLock { $0.append(number) } }
}
