package import ZCCore
import ZCPipeline

/// A packet that waits to be decoded.
package final class QueuedPacket: Sendable {
  let packet: Packet
  /// When it came, in seconds of the monotonic clock.
  let arrival = MonotonicClock.now

  init(_ packet: consuming Packet) { self.packet = packet }
}

/// What a decoder has to say.
package enum DecodeOutcome: Sendable {
  /// A frame, held in the role `decoder`.
  case frame(VideoFrame)
  case failure(ZCError)
  /// Nothing comes any more.
  case end
}

/// What a decoder's thread and those who feed it share.
final class DecodeWork: Sendable {
  typealias Queue = DecodeQueue<QueuedPacket, DecodeOutcome>

  let library: MediaLibrary
  let wake: WakeUp
  private let queue: Monitor<Queue>
  private let options: PacketDecoderOptions
  /// Until the thread takes it.
  private let decoder: Lock<RelayDecoder?>
  /// Who decodes, and which road frames take.
  let road: FrameRoad
  private let figures = Lock(Figures())

  private struct Figures: Sendable {
    var hasBegun = false
    var hasEnded = false
    var failures = 0
    var wait = LatencyStatistics()
    var decode = LatencyStatistics()
    var clock = PacketClock()
  }

  init(_ options: PacketDecoderOptions, _ library: MediaLibrary) throws(ZCError) {
    self.options = options
    self.library = library
    wake = try WakeUp()
    let settings = options.settings
    queue = Monitor(
      Queue(
        backlog: settings.backlog, ahead: settings.ahead, overflow: options.overflow,
        gate: KeyframeGate(backOff: settings.backOff)))
    let decoder = try RelayDecoder(options, library)
    road = FrameRoad(decoder.backend)
    self.decoder = Lock(decoder)
  }

  var hasBegun: Bool { figures.withLock { $0.hasBegun } }
  var hasEnded: Bool { figures.withLock { $0.hasEnded } }

  // -- Whoever feeds --

  func offer(_ packet: QueuedPacket, isKey: Bool) throws(ZCError) -> Bool {
    typealias Answer = (Queue.Offer, Queue.Phase, ([QueuedPacket], [DecodeOutcome]))
    let (offer, phase, letGo) = queue.wait { queue -> Answer? in
      guard queue.answersAtOnce else { return nil }
      let (offer, packets, outcomes) = queue.offer(packet, isKey: isKey)
      if queue.outcomeCount == 0 { wake.lower() }
      return (offer, queue.phase, (packets, outcomes))
    }
    _ = letGo  // dropped outside of the lock
    switch offer {
    case .taken:
      figures.withLock { $0.hasBegun = true }
      return true
    case .gated: return false
    case .full where phase == .stopped: throw Self.closed
    case .full where phase != .open:
      throw .closed("this decoder was finished; flush() begins anew")
    case .full:
      throw .poolExhausted(
        "\(options.settings.backlog) packets wait to be decoded: receive() frames, or make the "
          + "decoder with a larger backlog, or with on_backlog='drop'")
    }
  }

  func finish() throws(ZCError) {
    let phase = queue.change { queue in
      queue.finish()
      return queue.phase
    }
    if phase == .stopped { throw Self.closed }
  }

  func take() throws(ZCError) -> DecodeOutcome? {
    let (outcome, phase) = queue.change { queue in
      let outcome = queue.take()
      if queue.outcomeCount == 0 { wake.lower() }
      return (outcome, queue.phase)
    }
    if phase == .stopped { throw Self.closed }
    if case .end = outcome { figures.withLock { $0.hasEnded = true } }
    return outcome
  }

  func flush() throws(ZCError) {
    let (letGo, phase) = queue.change { queue in
      let letGo = queue.flush()
      wake.lower()
      return (letGo, queue.phase)
    }
    _ = letGo  // dropped outside of the lock
    if phase == .stopped { throw Self.closed }
    figures.withLock { figures in
      figures.hasEnded = false
      figures.clock = PacketClock()
    }
  }

  func stop() {
    let letGo = queue.change { queue in queue.stop() }
    _ = letGo  // dropped outside of the lock
    road.end()
  }

  func asks(at now: Double) throws(ZCError) -> Bool {
    let (asks, phase) = queue.change { queue in (queue.asks(at: now), queue.phase) }
    if phase == .stopped { throw Self.closed }
    return asks
  }

  private static let closed = ZCError.closed("this decoder is closed")

  // -- The thread --

  func run() {
    guard let decoder = decoder.withLock({ $0.take() }) else { return }
    var bench = Bench(decoder: decoder)
    while true {
      switch queue.wait({ queue in queue.job() }) {
      case .stop: return
      case .flush: bench.decoder.flush()
      case .decode(let packet, let round): decode(packet, round, &bench)
      case .finish(let round): decode(nil, round, &bench)
      }
    }
  }

  /// What the thread alone works with.
  private struct Bench: ~Copyable {
    var decoder: RelayDecoder
    var lent = LentPictures()
    var decoders = 1
    /// What the decoder's surfaces are like.
    var surface: (width: Int, height: Int, format: String)?

    init(decoder: consuming RelayDecoder) { self.decoder = decoder }
  }

  /// Decodes a packet, or what is left after the last.
  private func decode(_ packet: QueuedPacket?, _ round: Int, _ bench: inout Bench) {
    let begin = MonotonicClock.now
    var waited = 0.0
    let result = Result { () throws(ZCError) in
      waited = try feed(packet, round, &bench)
    }
    noteBackend(&bench)
    if case .failure(let error) = result { fail(error, round) }
    if packet == nil { deliver(.end, round) }
    let time = MonotonicClock.now - begin - waited
    figures.withLock { figures in
      figures.decode.add(time)
      if let packet { figures.wait.add(begin - packet.arrival) }
    }
  }

  /// - Returns: how long it waited for room, in seconds.
  private func feed(
    _ packet: QueuedPacket?, _ round: Int, _ bench: inout Bench
  ) throws(ZCError) -> Double {
    var waited = 0.0
    var refusals = 0
    while true {
      let sent = if let packet { try bench.decoder.send(packet) } else { try bench.decoder.end() }
      if case .failure(let error) = sent { fail(error, round) }
      if case .exhausted(let error) = sent {
        guard try makeRoom(error, round, &bench) else { return waited }
        continue
      }
      var received = 0
      receiving: while true {
        switch try bench.decoder.receive() {
        case .picture(let picture):
          received += 1
          waited += try put(picture, round, &bench)
        case .wantsPackets: break receiving
        case .end: break receiving
        case .exhausted(let error):
          // Room is made when there is something to decode into it.
          if packet != nil, received > 0 { break receiving }
          guard try makeRoom(error, round, &bench) else { return waited }
        case .failure(let error):
          fail(error, round)
          refusals += 1
          if refusals > Self.patience { break receiving }
        }
      }
      guard case .refused = sent, received > 0 || refusals == 0 else { return waited }
      refusals += 1
    }
  }

  /// So many failures in a row belong to one packet.
  private static let patience = 64

  /// Where the device has no room for another picture: kept frames go first, then the oldest is moved
  /// to memory. Where none can be, whoever receives is told who holds what, and it is tried again.
  /// - Returns: false once nobody wants this round any more.
  private func makeRoom(
    _ exhausted: ZCError, _ round: Int, _ bench: inout Bench
  ) throws(ZCError) -> Bool {
    if road.emptyCaches() { return true }
    do throws(ZCError) {
      try bench.lent.makeRoom(exhausted, allowsCopies: road.allowsCopies)
      return true
    } catch {
      guard case .poolExhausted = error else { throw error }
      deliver(.failure(error), round)
      queue.change { queue in queue.stall() }
      return queue.wait { queue in queue.taking(round: round) } == .taken
    }
  }

  private func noteBackend(_ bench: inout Bench) {
    guard bench.decoders != bench.decoder.decoders else { return }
    bench.decoders = bench.decoder.decoders
    road.changePool()
    road.changeBackend(bench.decoder.backend)
  }

  /// Pictures of another kind are in other surfaces.
  private func noteSurface(_ facts: VideoFrameFacts, _ bench: inout Bench) {
    let now = (width: facts.width, height: facts.height, format: facts.pixelFormat)
    if let surface = bench.surface, surface != now { road.changePool() }
    bench.surface = now
  }

  private func put(
    _ picture: consuming DecodedPicture, _ round: Int, _ bench: inout Bench
  ) throws(ZCError) -> Double {
    noteBackend(&bench)
    guard !picture.isDamaged else {
      fail(.media("\(options.codec): a frame was decoded with damage, and is dropped"), round)
      return 0
    }
    // What was damaged was told of, and a keyframe is asked for.
    guard picture.isWhole else {
      queue.change { queue in queue.passOver() }
      return 0
    }
    let ticks = picture.time
    let seconds = figures.withLock { $0.clock.seconds(ticks.map { options.timeBase.times($0) }) }
    let facts = VideoFrameFacts(picture, timeBase: options.timeBase, seconds: seconds)
    if picture.isOnDevice { noteSurface(facts, &bench) }
    let frame = try VideoFrame(picture, facts, road, as: .decoder)
    bench.lent.add(frame)
    let begin = MonotonicClock.now
    deliver(.frame(frame), round)
    return MonotonicClock.now - begin
  }

  private func fail(_ error: ZCError, _ round: Int) {
    figures.withLock { $0.failures &+= 1 }
    queue.change { queue in queue.breakOff() }
    deliver(.failure(error), round)
  }

  /// Waits until there is room.
  private func deliver(_ outcome: DecodeOutcome, _ round: Int) {
    let delivery = queue.wait { queue in
      let delivery = queue.deliver(outcome, round: round)
      // Whoever polls sees what it can take: neither call waits.
      if case .kept(isFirst: true) = delivery { wake.raise() }
      return delivery
    }
    _ = delivery  // what nobody wants is dropped outside of the lock
  }

  // -- What is known --

  func report(_ decoder: PacketDecoder) -> JSONText {
    let (queue, waiting) = queue.change { queue in
      (queue, (queue.packetCount, queue.outcomeCount))
    }
    let figures = figures.withLock { $0 }
    let gate = queue.gate
    return .object(
      [
        ("codec", .string(options.codec)), ("state", .string(queue.phase.rawValue)),
        ("packets_waiting", .integer(waiting.0)), ("frames_waiting", .integer(waiting.1)),
        ("packets_taken", .integer(queue.counts.taken)),
        ("frames_decoded", .integer(queue.counts.decoded)),
        ("frames_received", .integer(queue.counts.delivered)),
        ("dropped", .integer(queue.counts.dropped)), ("failures", .integer(figures.failures)),
        ("gate", gate.report), ("wait", figures.wait.report), ("decode", figures.decode.report),
        ("explanation", .string(road.explanation)),
      ] + road.report)
  }
}

/// When frames are shown, of packets that may come without times.
private struct PacketClock: Sendable {
  private var last: Double?
  /// A frame of 25 a second, until there were two with times.
  private var step = 0.04

  mutating func seconds(_ told: Double?) -> Double {
    let seconds = told ?? last.map { $0 + step } ?? 0
    if told != nil, let last, seconds > last { step = min(seconds - last, 1) }
    last = seconds
    return seconds
  }
}
