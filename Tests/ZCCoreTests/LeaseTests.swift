import Testing
import ZCCore

@Suite("Lease")
struct LeaseTests {
  /// What leases gave back, in order.
  private final class Returned: Sendable {
    private let payloads = Lock<[Int]>([])
    var all: [Int] { payloads.withLock { $0 } }

    func open(_ number: Int, as role: Role) -> Hold {
      Lease.open(
        Payload { [self] in payloads.withLock { $0.append(number) } }, as: role, in: .first)
    }
  }

  /// What tells that it is let go of.
  private final class Payload: Sendable {
    private let onReturn: @Sendable () -> Void
    init(onReturn: @escaping @Sendable () -> Void) { self.onReturn = onReturn }
    deinit { onReturn() }
  }

  @Test("the payload is returned once, by the last hold")
  func once() {
    let returned = Returned()
    do {
      let decoder = returned.open(7, as: .decoder)
      do {
        let cache = decoder.duplicate(as: .cache)
        #expect(cache.lease.count(of: .cache) == 1)
      }
      #expect(decoder.lease.count(of: .cache) == 0)
      #expect(returned.all.isEmpty)
    }
    #expect(returned.all == [7])
  }

  @Test("a hold passes to another role without a moment of zero")
  func passes() {
    let returned = Returned()
    do {
      let decoder = returned.open(7, as: .decoder)
      let presenter = decoder.pass(to: .presenter)
      #expect(returned.all.isEmpty)
      #expect(presenter.role == .presenter)
      #expect(presenter.lease.count(of: .decoder) == 0)
      #expect(presenter.lease.count(of: .presenter) == 1)
      let again = presenter.pass(to: .presenter)
      #expect(again.lease.count(of: .presenter) == 1)
      #expect(returned.all.isEmpty)
    }
    #expect(returned.all == [7])
  }

  @Test("whoever looks while a hold is passed on sees a holder")
  func neverNone() async {
    let returned = Returned()
    let end = End()
    await withTaskGroup { group in
      let hold = returned.open(7, as: .decoder)
      let lease = hold.lease
      for _ in 0..<2 {
        group.addTask {
          while !end.isReached { #expect(!lease.roles.isClosed) }
        }
      }
      let passed = Self.pass(hold, times: 5000)
      end.reach()
      await group.waitForAll()
      #expect(returned.all.isEmpty)
      _ = consume passed
    }
    #expect(returned.all == [7])
  }

  private final class End: Sendable {
    private let state = Lock(false)
    var isReached: Bool { state.withLock { $0 } }
    func reach() { state.withLock { $0 = true } }
  }

  private static func pass(_ hold: consuming Hold, times: Int) -> Hold {
    var hold = hold
    for time in 0..<times { hold = hold.pass(to: time.isMultiple(of: 2) ? .cache : .renderer) }
    return hold
  }

  @Test("a lease that outlives its holds counts nothing and returns nothing more")
  func outlives() {
    let returned = Returned()
    let hold = returned.open(7, as: .gpu)
    let lease = hold.lease
    _ = consume hold
    #expect(returned.all == [7])
    for role in Role.allCases { #expect(lease.count(of: role) == 0) }
    #expect(lease.generation == .first)
  }

  @Test("a payload that is returned may take leases of its own")
  func reenters() {
    let returned = Returned()
    do {
      _ = Lease.open(
        Payload { _ = returned.open(2, as: .cache) }, as: .cache, in: .first)
    }
    #expect(returned.all == [2])
  }

  @Test("many threads' holds return the payload once")
  func threads() async {
    let returned = Returned()
    do {
      let hold = returned.open(7, as: .decoder)
      await withTaskGroup { group in
        for _ in 0..<8 {
          let own = Carried(hold.duplicate(as: .cache))
          group.addTask {
            for _ in 0..<500 { _ = own.hold.duplicate(as: .renderer) }
          }
        }
      }
      #expect(hold.lease.count(of: .renderer) == 0)
      #expect(hold.lease.count(of: .cache) == 0)
      #expect(returned.all.isEmpty)
    }
    #expect(returned.all == [7])
  }

  /// A hold that a closure can capture.
  private final class Carried: Sendable {
    let hold: Hold
    init(_ hold: consuming Hold) { self.hold = hold }
  }
}
