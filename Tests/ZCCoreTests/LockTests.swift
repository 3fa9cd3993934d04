import Testing
import ZCCore

@Suite("Lock")
struct LockTests {
  private final class Counter: Sendable {
    let count = Lock(0)
  }

  @Test("what threads do under a lock, they do one after the other")
  func excludes() async {
    let counter = Counter()
    await withTaskGroup { group in
      for _ in 0..<8 {
        group.addTask { for _ in 0..<1000 { counter.count.withLock { $0 += 1 } } }
      }
    }
    #expect(counter.count.withLock { $0 } == 8000)
  }

  @Test("a failure under a lock passes through and lets go")
  func fails() {
    let value = Lock(1)
    #expect(throws: ZCError.reentered) {
      try value.withLock { (value) throws(ZCError) in
        value = 2
        throw .reentered
      }
    }
    #expect(value.withLock { $0 } == 2)
  }

  @Test("a lock that is taken in the wrong order ends a debug build")
  func order() async {
    await #expect(processExitsWith: .failure) {
      let later = Lock(0, rank: .leaf)
      let earlier = Lock(0, rank: .values)
      later.withLock { _ in earlier.withLock { _ in } }
    }
    await #expect(processExitsWith: .failure) {
      let one = Lock(0)
      let same = Lock(0)
      one.withLock { _ in same.withLock { _ in } }
    }
    await #expect(processExitsWith: .success) {
      let earlier = Lock(0, rank: .drawing)
      let later = Lock(0, rank: .leaf)
      earlier.withLock { _ in later.withLock { _ in } }
      later.withLock { _ in }
      earlier.withLock { _ in }
    }
  }
}
