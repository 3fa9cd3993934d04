import Testing
import ZCCore
import ZCPipeline

/// A frame of a lease, as a decoder hands it over.
private final class Card: HeldFrame {
  let number: Int
  private let hold: Hold

  /// What the lease is of.
  private final class Picture: Sendable {}

  convenience init(_ number: Int) {
    self.init(number, Lease.open(Picture(), as: .decoder, in: .first))
  }

  private init(_ number: Int, _ hold: consuming Hold) {
    self.number = number
    self.hold = hold
  }

  var lease: Lease { hold.lease }
  func share(as role: Role) -> Card { Card(number, hold.duplicate(as: role)) }
}

/// What can happen to a stage.
private enum Event: Hashable, CaseIterable {
  case decode, decodeEarlier, show, showLate, showAgain, back, flush, evict, end, resume, stop, step

  /// So often; once a stage has stopped another one begins.
  var weight: Int {
    switch self {
    case .decode, .show: 40
    case .stop: 1
    case .flush, .end: 4
    default: 10
    }
  }
}

/// A stage and all who hold its frames, event by event.
private struct Walk {
  private var stage: PipelineStage<Card>
  private var now = 0.0
  private var time = 0.0
  private var made = 0
  /// Leases are known here, and not kept alive.
  private struct Known {
    weak var lease: Lease?
  }
  private var known: [Known] = []

  init(ahead: Int, cache: Int) {
    var settings = PipelineSettings()
    _ = settings.set("ahead", to: Double(ahead))
    _ = settings.set("cache", to: Double(cache))
    stage = PipelineStage(settings)
  }

  var isOver: Bool { stage.state == .stopped }

  /// - Returns: what is wrong then; nil while nothing is.
  mutating func take(_ event: Event) -> String? {
    now += 0.01
    switch event {
    case .decode: submit(after: 0.04)
    case .decodeEarlier: submit(after: -0.02)
    case .show: show(at: now + 0.04)
    case .showLate: show(at: now + 0.5)
    case .showAgain: show(at: now)
    case .back: _ = stage.past(made % 4)
    case .flush: _ = stage.flush()
    case .evict: _ = stage.evict()
    case .end: stage.end()
    case .resume: stage.resume()
    case .stop: _ = stage.stop()
    case .step: if let step = stage.state.step { _ = stage.finish(step) }
    }
    return stage.imbalance ?? strangers()
  }

  private mutating func submit(after: Double) {
    guard stage.hasRoom else { return }
    time += after
    made += 1
    let card = Card(made)
    known.removeAll { $0.lease == nil }
    known.append(Known(lease: card.lease))
    _ = stage.submit(card, time: time, at: now)
  }

  private mutating func show(at now: Double) {
    self.now = now
    _ = stage.show(at: now)
  }

  /// Leases whose holders are not those that the stage tells of.
  private func strangers() -> String? {
    for known in known {
      guard let lease = known.lease else { continue }
      let roles = lease.roles
      let expected: [(Role, Int)] = [
        (.presenter, stage.presented.count { $0.lease === lease }),
        (.cache, stage.cache.frames.count { $0.lease === lease }),
        (.decoder, 0), (.renderer, 0), (.gpu, 0),
      ]
      for (role, count) in expected where roles[role] != count {
        return "\(role) holds a frame \(roles[role]) times, and should \(count)"
      }
    }
    return nil
  }
}

@Suite("what lies between decoder and viewer")
struct PipelineStageTests {
  private func events(_ seed: UInt64, count: Int) -> [Event] {
    var random = SplitMix(state: seed)
    let bag = Event.allCases.flatMap { Array(repeating: $0, count: $0.weight) }
    return (0..<count).map { _ in bag[Int(random.next() % UInt64(bag.count))] }
  }

  private func failure(_ events: [Event], ahead: Int, cache: Int) -> String? {
    var walk = Walk(ahead: ahead, cache: cache)
    for event in events {
      if let wrong = walk.take(event) { return wrong }
      if walk.isOver { walk = Walk(ahead: ahead, cache: cache) }
    }
    return nil
  }

  /// Fewer events that fail still.
  private func shrunk(_ events: [Event], _ fails: ([Event]) -> Bool) -> [Event] {
    var events = events
    var size = events.count / 2
    while size > 0 {
      var start = 0
      while start < events.count {
        var fewer = events
        fewer.removeSubrange(start..<min(start + size, events.count))
        if fails(fewer) { events = fewer } else { start += size }
      }
      size /= 2
    }
    return events
  }

  @Test(
    "whatever happens in whatever order, each frame has the holders that the stage tells of",
    arguments: 1...40 as ClosedRange<UInt64>)
  func walks(seed: UInt64) {
    let (ahead, cache) = (Int(seed % 5) + 1, Int(seed % 4))
    let walk = events(seed, count: 500)
    guard failure(walk, ahead: ahead, cache: cache) != nil else { return }
    let least = shrunk(walk) { failure($0, ahead: ahead, cache: cache) != nil }
    let words = failure(least, ahead: ahead, cache: cache) ?? ""
    Issue.record("seed \(seed), ahead \(ahead), cache \(cache): \(least): \(words)")
  }

  @Test("a step back is a frame that was shown before, as long as it is kept")
  func past() {
    var settings = PipelineSettings()
    _ = settings.set("cache", to: 3)
    _ = settings.set("ahead", to: 8)
    var stage = PipelineStage<Card>(settings)
    #expect(stage.past(0) == nil)
    for number in 0..<5 { _ = stage.submit(Card(number), time: Double(number), at: 0) }
    for number in 0..<5 { _ = stage.show(at: Double(number)) }
    #expect([0, 1, 2, 3].map { stage.past($0)?.frame.number } == [4, 3, 2, nil])
    #expect(stage.past(1)?.number == 4)
    #expect(stage.past(-1) == nil && stage.past(Int.max) == nil)
    #expect(stage.flush().isEmpty)
    #expect(stage.past(2)?.frame.number == 2, "what is kept outlives a gate")
    #expect(stage.evict()?.number == 2)
    #expect(stage.roles.map(\.1) == [1, 2])
  }

  @Test("a stage that stops takes nothing, shows nothing, and lets go in order")
  func stops() {
    var stage = PipelineStage<Card>(PipelineSettings())
    for number in 0..<3 { _ = stage.submit(Card(number), time: Double(number), at: 0) }
    _ = stage.show(at: 0)
    let isMine = stage.stop()
    #expect(isMine && stage.submit(Card(9), time: 9, at: 0).isEmpty)
    #expect(stage.show(at: 1).0 == nil && stage.past(0) == nil)
    #expect(stage.finish(.dropCache).isEmpty, "it is not that step's turn")
    #expect(stage.finish(.stopWorkers).isEmpty)
    #expect(stage.finish(.drainPresenter).map(\.number) == [1, 2, 0])
    #expect(stage.finish(.dropCache).map(\.number) == [0])
    #expect(stage.taken == stage.released && stage.imbalance == nil)
  }
}

/// A generator whose walks come again (Steele, Lea and Flood 2014).
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
