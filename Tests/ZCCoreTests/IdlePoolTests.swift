import Testing
import ZCCore

@Suite("IdlePool")
struct IdlePoolTests {
  @Test("only exactly the descriptor is taken, the newest first")
  func exact() {
    var pool = IdlePool<String, Int>(budget: 100)
    #expect(pool.give(1, as: "a", bytes: 10) == [])
    #expect(pool.give(2, as: "b", bytes: 10) == [])
    #expect(pool.give(3, as: "a", bytes: 10) == [])
    #expect(pool.take("c") == nil)
    #expect(pool.take("a") == 3)
    #expect(pool.take("a") == 1)
    #expect(pool.take("a") == nil)
    #expect(pool.count == 1)
    #expect(pool.idleBytes == 10)
  }

  @Test("beyond the budget the oldest leave")
  func evicts() {
    var pool = IdlePool<String, Int>(budget: 30)
    for thing in 1...3 { #expect(pool.give(thing, as: "a", bytes: 10) == []) }
    #expect(pool.give(4, as: "b", bytes: 15) == [1, 2])
    #expect(pool.idleBytes == 25)
    #expect(pool.take("a") == 3)
  }

  @Test("what alone is beyond the budget is not kept, and evicts nothing")
  func tooLarge() {
    var pool = IdlePool<String, Int>(budget: 30)
    _ = pool.give(1, as: "a", bytes: 30)
    #expect(pool.give(2, as: "a", bytes: 31) == [2])
    #expect(pool.take("a") == 1)
    #expect(pool.idleBytes == 0)
  }

  @Test("a size as large as numbers go is refused, not summed")
  func huge() {
    var pool = IdlePool<String, Int>(budget: 30)
    _ = pool.give(1, as: "a", bytes: 10)
    #expect(pool.give(2, as: "a", bytes: .max) == [2])
  }

  @Test("the oldest leaves first")
  func takeOldest() {
    var pool = IdlePool<String, Int>(budget: 30)
    for thing in 1...3 { #expect(pool.give(thing, as: "a", bytes: 10) == []) }
    #expect(pool.take("a") == 3)
    #expect(pool.takeOldest() == 1)
    #expect(pool.idleBytes == 10)
    #expect(pool.takeOldest() == 2)
    #expect(pool.takeOldest() == nil)
  }

  @Test("what aged beyond the limit leaves; taking and giving back makes young")
  func ages() {
    var pool = IdlePool<String, Int>(budget: 100)
    _ = pool.give(1, as: "a", bytes: 10)
    _ = pool.give(2, as: "b", bytes: 20)
    #expect(pool.age(limit: 2) == [])
    #expect(pool.take("a") == 1)
    _ = pool.give(1, as: "a", bytes: 10)
    #expect(pool.age(limit: 2) == [])
    #expect(pool.age(limit: 2) == [2])
    #expect(pool.idleBytes == 10)
    #expect(pool.age(limit: 2) == [1])
    #expect(pool.count == 0)
    #expect(pool.idleBytes == 0)
  }

  @Test("a budget as large as numbers go overflows nothing")
  func hugeBudget() {
    var pool = IdlePool<String, Int>(budget: .max)
    #expect(pool.give(1, as: "a", bytes: .max) == [])
    #expect(pool.give(2, as: "a", bytes: .max) == [1])
    #expect(pool.idleBytes == .max)
  }

  @Test("an emptied pool is empty")
  func takeAll() {
    var pool = IdlePool<String, Int>(budget: 30)
    _ = pool.give(1, as: "a", bytes: 10)
    _ = pool.give(2, as: "b", bytes: 10)
    #expect(pool.takeAll() == [1, 2])
    #expect(pool.count == 0)
    #expect(pool.idleBytes == 0)
    #expect(pool.give(3, as: "a", bytes: 30) == [])
  }
}
