import Testing
import ZCCore

@Suite("PoolLedger")
struct PoolLedgerTests {
  private typealias Ledger = PoolLedger<String, Int>
  private typealias Tally = PoolStatistics.Tally

  /// The term of a taking that found room and evicted these.
  private func room(_ taking: Ledger.Taking, evicting expected: [Int] = []) throws -> Ledger.Term {
    guard case .room(let term, let evicted) = taking else {
      throw ZCError.poolExhausted("\(taking)")
    }
    #expect(evicted == expected)
    return term
  }

  private func reused(_ taking: Ledger.Taking) -> Int? {
    if case .reused(let thing, _) = taking { thing } else { nil }
  }

  private func isNever(_ taking: Ledger.Taking) -> Bool {
    if case .never = taking { true } else { false }
  }

  @Test("exactly the budget fits; one byte over does not, and changes nothing")
  func exactBudget() throws {
    var ledger = Ledger(budget: 100, idleBudget: 100)
    _ = try room(ledger.take("a", bytes: 60))
    let before = ledger.statistics
    #expect(ledger.take("b", bytes: 41).isFull)
    #expect(ledger.statistics == before)
    _ = try room(ledger.take("b", bytes: 40))
    #expect(ledger.statistics.usedBytes == 100)
    #expect(ledger.take("c", bytes: 1).isFull)
  }

  @Test("what is larger than the whole budget never fits", arguments: [0, 1, 99, Int.max - 1])
  func never(budget: Int) {
    var ledger = Ledger(budget: budget, idleBudget: budget)
    #expect(isNever(ledger.take("a", bytes: budget + 1)))
    #expect(isNever(ledger.take("a", bytes: .max)))
    #expect(ledger.statistics == PoolStatistics(budget: budget))
  }

  @Test("a budget as large as numbers go is kept without overflow")
  func huge() throws {
    var ledger = Ledger(budget: .max, idleBudget: .max)
    let term = try room(ledger.take("a", bytes: .max))
    #expect(ledger.take("a", bytes: 1).isFull)
    ledger.retire(bytes: .max, from: term)
    #expect(ledger.take("a", bytes: .max).isFull)
    #expect(ledger.finish(1, as: "a", bytes: .max, from: term) == [])
    _ = try room(ledger.take("b", bytes: .max), evicting: [1])
  }

  @Test("what is retiring counts, and is not taken again before the GPU has finished")
  func retiring() throws {
    var ledger = Ledger(budget: 20, idleBudget: 20)
    let term = try room(ledger.take("a", bytes: 10))
    ledger.retire(bytes: 10, from: term)
    #expect(ledger.statistics.retiring == Tally(count: 1, bytes: 10))
    #expect(reused(ledger.take("a", bytes: 10)) == nil)  // another one, beside it
    #expect(ledger.take("a", bytes: 10).isFull)
    #expect(ledger.finish(7, as: "a", bytes: 10, from: term) == [])
    #expect(reused(ledger.take("a", bytes: 10)) == 7)
    #expect(ledger.statistics.live == Tally(count: 2, bytes: 20))
  }

  @Test("idle things leave as room is needed, the oldest first, and no more than needed")
  func evicts() throws {
    var ledger = Ledger(budget: 30, idleBudget: 30)
    for thing in 1...3 {
      let term = try room(ledger.take("\(thing)", bytes: 10))
      ledger.retire(bytes: 10, from: term)
      #expect(ledger.finish(thing, as: "\(thing)", bytes: 10, from: term) == [])
    }
    _ = try room(ledger.take("d", bytes: 15), evicting: [1, 2])
    #expect(ledger.statistics.idle == Tally(count: 1, bytes: 10))
    #expect(ledger.take("e", bytes: 16).isFull)
    #expect(ledger.statistics.idle == Tally(count: 1, bytes: 10))  // nothing left for nothing
    #expect(ledger.statistics.evictions == 2)
  }

  @Test("what does not fit the idle budget is deleted")
  func idleBudget() throws {
    var ledger = Ledger(budget: 30, idleBudget: 10)
    let term = try room(ledger.take("a", bytes: 20))
    ledger.retire(bytes: 20, from: term)
    #expect(ledger.finish(1, as: "a", bytes: 20, from: term) == [1])
    #expect(ledger.statistics.usedBytes == 0)
  }

  @Test("hits, misses, evictions and the peak are counted")
  func counts() throws {
    var ledger = Ledger(budget: 100, idleBudget: 100)
    let first = try room(ledger.take("a", bytes: 10))
    _ = try room(ledger.take("b", bytes: 30))
    ledger.retire(bytes: 10, from: first)
    _ = ledger.finish(1, as: "a", bytes: 10, from: first)
    #expect(reused(ledger.take("a", bytes: 10)) == 1)
    ledger.retire(bytes: 10, from: first)
    _ = ledger.finish(1, as: "a", bytes: 10, from: first)
    #expect(ledger.purge() == [1])
    var expected = PoolStatistics(budget: 100)
    expected.live = Tally(count: 1, bytes: 30)
    expected.hits = 1
    expected.misses = 2
    expected.evictions = 1
    expected.peakBytes = 40
    #expect(ledger.statistics == expected)
  }

  @Test("room that is given up is there again, and was no miss")
  func givenUp() throws {
    var ledger = Ledger(budget: 10, idleBudget: 10)
    let term = try room(ledger.take("a", bytes: 10))
    ledger.giveUp(bytes: 10, from: term)
    #expect(ledger.statistics.misses == 0)
    #expect(ledger.statistics.usedBytes == 0)
    _ = try room(ledger.take("a", bytes: 10))
  }

  @Test("what was orphaned counts until it is let go of, and does not come back")
  func orphans() throws {
    var ledger = Ledger(budget: 20, idleBudget: 20)
    let old = try room(ledger.take("a", bytes: 10))
    ledger.orphan()
    #expect(ledger.statistics.orphaned == Tally(count: 1, bytes: 10))
    #expect(ledger.statistics.live == Tally())
    let new = try room(ledger.take("a", bytes: 10))
    #expect(ledger.take("a", bytes: 1).isFull)
    ledger.retire(bytes: 10, from: old)
    #expect(ledger.statistics.orphaned == Tally())
    #expect(ledger.statistics.live == Tally(count: 1, bytes: 10))
    #expect(ledger.finish(1, as: "a", bytes: 10, from: old) == [1])
    ledger.retire(bytes: 10, from: new)
    #expect(ledger.finish(2, as: "a", bytes: 10, from: new) == [])
    #expect(ledger.statistics.idle == Tally(count: 1, bytes: 10))
  }

  @Test("a closed ledger keeps nothing")
  func closed() throws {
    var ledger = Ledger(budget: 20, idleBudget: 20)
    let first = try room(ledger.take("a", bytes: 10))
    let second = try room(ledger.take("a", bytes: 10))
    ledger.retire(bytes: 10, from: first)
    _ = ledger.finish(1, as: "a", bytes: 10, from: first)
    #expect(ledger.close() == [1])
    ledger.retire(bytes: 10, from: second)
    #expect(ledger.finish(2, as: "a", bytes: 10, from: second) == [2])
    #expect(ledger.statistics.usedBytes == 0)
  }
}
