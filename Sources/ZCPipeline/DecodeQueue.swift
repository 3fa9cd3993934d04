import ZCCore

/// What waits before a decoder and behind it, and the gate between: policy without a thread.
///
/// A round ends with each flush: what belongs to an older one is dropped. What is handed back was
/// let go of, and is the caller's to drop.
package struct DecodeQueue<Packet: Sendable, Outcome: Sendable>: Sendable {
  /// What becomes of packets when more wait than may.
  package enum Overflow: Hashable, Sendable {
    /// The packet is not taken; the caller sends it again.
    case refuse
    /// All that wait are dropped, and nothing passes until the next keyframe.
    case gate
  }

  /// What became of a packet.
  package enum Offer: Hashable, Sendable {
    case taken
    /// The gate is closed: it cannot be decoded.
    case gated
    case full
  }

  /// What the decoder is to do next.
  package enum Job: Sendable {
    case decode(Packet, round: Int)
    /// No packet comes any more: what is inside is wanted.
    case finish(round: Int)
    case flush
    case stop
  }

  package enum Phase: String, Hashable, Sendable {
    case open, finishing, finished, stopped
  }

  package struct Counts: Hashable, Sendable {
    /// Packets.
    package fileprivate(set) var taken = 0
    /// Frames, as those that were delivered.
    package fileprivate(set) var decoded = 0
    package fileprivate(set) var delivered = 0
    package fileprivate(set) var dropped = 0
    package fileprivate(set) var flushes = 0
  }

  package private(set) var gate: KeyframeGate
  package private(set) var phase = Phase.open
  package private(set) var counts = Counts()
  private let backlog: Int
  private let ahead: Int
  private let overflow: Overflow
  private let isFrame: @Sendable (Outcome) -> Bool
  private var packets: [Packet] = []
  private var outcomes: [Outcome] = []
  private var isStalled = false
  private var round = 0
  /// The round that the decoder knows of.
  private var decoderRound = 0

  /// - Parameters:
  ///   - backlog: packets that may wait.
  ///   - ahead: outcomes that may wait.
  ///   - overflow: what happens to a packet too many.
  ///   - gate: closed until the first keyframe.
  ///   - isFrame: whether an outcome is a frame, and neither a failure nor the end.
  package init(
    backlog: Int, ahead: Int, overflow: Overflow, gate: KeyframeGate = KeyframeGate(),
    isFrame: @escaping @Sendable (Outcome) -> Bool
  ) {
    self.backlog = max(1, backlog)
    self.ahead = max(1, ahead)
    self.overflow = overflow
    self.gate = gate
    self.isFrame = isFrame
  }

  package var packetCount: Int { packets.count }
  package var frameCount: Int { outcomes.count { isFrame($0) } }
  package var outcomeCount: Int { outcomes.count }

  /// Whether a packet is taken, or refused, at once: otherwise the decoder is about to make room, and
  /// nobody has to do anything for that.
  package var answersAtOnce: Bool {
    overflow == .gate || packets.count < backlog || outcomes.count >= ahead || isStalled
      || phase != .open
  }

  /// Takes a packet. `letGo` is what was dropped for it.
  package mutating func offer(_ packet: Packet, isKey: Bool) -> (Offer, letGo: [Packet], [Outcome])
  {
    guard phase == .open else { return (.full, [packet], []) }
    var letGo: ([Packet], [Outcome]) = ([], [])
    if packets.count >= backlog {
      guard overflow == .gate else { return (.full, [packet], []) }
      letGo = clear()
      gate.close(.backlog)
    }
    guard gate.admits(isKey: isKey) else { return (.gated, letGo.0 + [packet], letGo.1) }
    packets.append(packet)
    counts.taken &+= 1
    return (.taken, letGo.0, letGo.1)
  }

  /// What is to be done; nil while there is nothing, or no room for what would come of it.
  package mutating func job() -> Job? {
    if phase == .stopped { return .stop }
    if decoderRound != round {
      decoderRound = round
      return .flush
    }
    guard outcomes.count < ahead else { return nil }
    if !packets.isEmpty { return .decode(packets.removeFirst(), round: round) }
    guard phase == .finishing else { return nil }
    phase = .finished
    return .finish(round: round)
  }

  /// What became of something that a decoder made.
  package enum Delivery: Sendable {
    /// It waits; `isFirst` where nothing did before.
    case kept(isFirst: Bool)
    /// Nobody wants it any more.
    case dropped(Outcome)
  }

  /// Takes what a decoder made of a round; nil while there is no room for it.
  package mutating func deliver(_ outcome: Outcome, round: Int) -> Delivery? {
    guard phase != .stopped, round == self.round || !Guards.keep(.rounds) else {
      counts.dropped &+= 1
      return .dropped(outcome)
    }
    guard outcomes.count < ahead else { return nil }
    outcomes.append(outcome)
    if isFrame(outcome) { counts.decoded &+= 1 }
    return .kept(isFirst: outcomes.count == 1)
  }

  /// Something that a decoder made is not worth handing on.
  package mutating func passOver() { counts.dropped &+= 1 }

  /// What became of outcomes that somebody waits for to be taken.
  package enum Taking: Hashable, Sendable {
    case taken
    /// Nobody wants anything of that round any more.
    case over
  }

  /// The decoder goes no further by itself: it waits for all outcomes to be taken.
  package mutating func stall() { isStalled = true }

  /// Whether all outcomes were taken, which ends a stall; nil while some wait.
  package mutating func taking(round: Int) -> Taking? {
    let isOver = phase == .stopped || round != self.round
    guard isOver || outcomes.isEmpty else { return nil }
    isStalled = false
    return isOver ? .over : .taken
  }

  /// The oldest outcome.
  package mutating func take() -> Outcome? {
    guard !outcomes.isEmpty else { return nil }
    let outcome = outcomes.removeFirst()
    if isFrame(outcome) { counts.delivered &+= 1 }
    return outcome
  }

  /// A packet could not be decoded: what follows up to the next keyframe cannot either.
  package mutating func breakOff() { gate.close(.broken) }

  /// Whether to ask for a keyframe now: see ``KeyframeGate/asks(at:)``.
  package mutating func asks(at now: Double) -> Bool { phase == .open && gate.asks(at: now) }

  /// Forgets what waits; packets come anew, after a finish, too.
  package mutating func flush() -> ([Packet], [Outcome]) {
    guard phase != .stopped else { return ([], []) }
    phase = .open
    gate.close(.discontinuity)
    return clear()
  }

  /// No packet comes any more.
  package mutating func finish() {
    if phase == .open { phase = .finishing }
  }

  /// For good.
  package mutating func stop() -> ([Packet], [Outcome]) {
    phase = .stopped
    return clear()
  }

  private mutating func clear() -> ([Packet], [Outcome]) {
    defer { (packets, outcomes) = ([], []) }
    counts.dropped &+= packets.count + outcomes.count
    counts.flushes &+= 1
    round &+= 1
    return (packets, outcomes)
  }
}
