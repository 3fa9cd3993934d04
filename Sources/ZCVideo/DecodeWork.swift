import ZCCore
import ZCPipeline

/// What a decoder's thread and those who feed it share.
final class DecodeWork: Sendable {
  typealias Queue = DecodeQueue<QueuedPacket, DecodeOutcome>

  let library: MediaLibrary
  let wake: WakeUp
  let queue: Monitor<Queue>
  let options: PacketDecoderOptions
  /// Until the thread takes it.
  let decoder: Lock<RelayDecoder?>
  /// Who decodes, and which road frames take.
  let road: FrameRoad
  let figures = Lock(Figures())

  struct Figures: Sendable {
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
        gate: KeyframeGate(backOff: settings.backOff), isFrame: \.isFrame))
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

  // -- What is known --

  func report(_ decoder: PacketDecoder) -> JSONText {
    let (queue, waiting) = queue.change { queue in
      (queue, (queue.packetCount, queue.frameCount))
    }
    let (failures, wait, decode) = figures.withLock { figures in
      (figures.failures, figures.wait.report, figures.decode.report)
    }
    let gate = queue.gate
    return .object(
      [
        ("codec", .string(options.codec)), ("state", .string(queue.phase.rawValue)),
        ("packets_waiting", .integer(waiting.0)), ("frames_waiting", .integer(waiting.1)),
        ("packets_taken", .integer(queue.counts.taken)),
        ("frames_decoded", .integer(queue.counts.decoded)),
        ("frames_received", .integer(queue.counts.delivered)),
        ("dropped", .integer(queue.counts.dropped)), ("failures", .integer(failures)),
        ("gate", gate.report), ("wait", wait), ("decode", decode),
        ("explanation", .string(road.explanation)),
      ] + road.report)
  }
}
