import ZCCore
import ZCPipeline

/// The thread that decodes.
extension DecodeWork {
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
}
