import ZCCore

/// Decodes with several threads, keeps the packets, and decodes them once more where one is damaged.
///
/// FFmpeg conceals damage, and marks the picture. Where several packets are decoded at once a failure
/// may be of any of them, and H.264's decoder hands pictures out before they are marked: so it decodes
/// strictly, which makes damage a failure that comes before the picture. After a failure nothing more is
/// taken from there. What is kept of the packets is decoded again, by one thread that conceals, and what
/// was given before is left out, until all that is kept is sound.
final class RepeatingDecoder: DamageTelling {
  private enum Mode {
    /// Several packets are decoded at once.
    case ahead
    /// One is after the other.
    case careful
  }

  private let traits: CodecTraits
  /// Whether a packet without a picture is damaged.
  private let wantsPictures: Bool
  private let threads: Int32
  /// Where one packet is decoded after the other: of which several may decode parts.
  private let carefulThreads: Int32
  private var run: CodecRun
  private var mode: Mode
  private var policy: AheadPolicy
  private var history = PacketHistory()
  private var traces = DamageTraces()
  private var held = HeldPictures()
  /// When what came out last is shown.
  private var lastTime: Int64?
  private var isEnding = false
  /// A packet was found damaged, and nothing was done about it yet.
  private var isAlarmed = false
  /// FFmpeg has met damage: what it remembers of that may spoil whole key frames, too.
  private var isSpoilt = false
  /// What it still has comes out, before another begins at a key packet.
  private var isTurning = false
  /// A failure that cannot be gone back for belongs to one of the packets before this one.
  private var blameEnd = 0

  /// `ofFile`: packets are as files hold them, and no second field is in one of its own.
  /// - Throws: `outOfMemory`.
  init(_ plain: consuming CodecRun, threads: Int32, ofFile: Bool) throws(ZCError) {
    traits = CodecTraits(plain.codec)
    wantsPictures = ofFile && traits.isSilent
    self.threads = threads
    let isAlone = !plain.overlaps || traits.needsOneThread
    carefulThreads = isAlone && !traits.needsOneThread ? threads : 1
    mode = isAlone ? .careful : .ahead
    policy = isAlone ? .never : AheadPolicy()
    guard !isAlone else {
      run = plain.overlaps ? try plain.another(threads: 1, isStrict: false) : plain
      return
    }
    guard traits.isStrict else {
      run = plain
      return
    }
    do throws(ZCError) {
      run = try plain.another(threads: threads, isStrict: true)
    } catch .media {
      // It complains of the codec's own headers.
      run = try plain.another(threads: 1, isStrict: false)
      mode = .careful
      policy = .never
    }
  }

  func send(_ packet: borrowing Packet) throws(ZCError) -> StreamDecoder.Sent {
    guard !history.isBehind, !isAlarmed else { return .refused }
    let share = try packet.share(mark: history.end)
    if mode == .careful, packet.isKey { goAhead() }
    history.append(share, isHidden: packet.isHidden)
    return .taken
  }

  func end() throws(ZCError) -> StreamDecoder.Sent {
    isEnding = true  // behind whatever waits
    return .taken
  }

  func receive() throws(ZCError) -> StreamDecoder.Received {
    while true {
      if isAlarmed { try beCareful() }
      if let lost = lostPacket, !alarm() { return .failure(pass(over: lost)) }
      if isNextSettled, let picture = giveNext() { return .picture(picture) }
      switch try run.receive() {
      case .picture(let picture):
        let isWrong = picture.isDamaged || lacksPicture(picture.packet - 1)
        if isWrong, alarm() { continue }
        hold(picture)
      case .failure(let error):
        if alarm() { continue }
        if isNews() { return .failure(error) }
      case .exhausted(let error): return .exhausted(error)
      case .end:
        if lacksPicture(history.next - 1), alarm() { continue }
        if isTurning {
          try turn()
          continue
        }
        guard held.nextPacket != nil else { return .end }
        if let picture = giveNext() { return .picture(picture) }
      case .wantsPackets:
        guard history.isBehind || isEnding else { return .wantsPackets }
        if let error = try decode(), !alarm(), isNews() { return .failure(error) }
      }
    }
  }

  /// Gives FFmpeg the next packet, or the end.
  /// - Returns: why it cannot be decoded.
  private func decode() throws(ZCError) -> ZCError? {
    guard let entry = history.waiting else {
      guard case .failure(let error) = try run.end() else { return nil }
      return error
    }
    if mode == .careful, isSpoilt, traits.remembersDamage, entry.packet.isKey {
      (isSpoilt, isTurning) = (false, true)
      guard case .failure(let error) = try run.end() else { return nil }
      return error
    }
    let sent = try run.send(entry.packet)
    history.advance()
    guard case .failure(let error) = sent else { return nil }
    return error
  }

  // -- Damage --

  /// Something is wrong with what was decoded ahead.
  /// - Returns: whether it can be decoded again.
  private func alarm() -> Bool {
    guard mode == .ahead else { return false }
    guard history.isKept else {
      blameEnd = history.end
      return false
    }
    isAlarmed = true
    return true
  }

  /// A packet should have had a picture by now.
  private func lacksPicture(_ number: Int) -> Bool {
    guard mode == .ahead, traits.isComplete, let entry = history.entry(number) else { return false }
    return entry.seen == 0 && !entry.isFailed
  }

  /// A packet whose picture would be shown before the next one, and after the last, and does not come.
  private var lostPacket: Int? {
    guard wantsPictures, let lastTime, let next = held.nextPacket,
      let time = history.entry(next)?.packet.time
    else { return nil }
    return history.lost(after: lastTime, before: time, within: Self.mostWait)
  }

  private func pass(over number: Int) -> ZCError {
    history.entry(number)?.isFailed = true
    traces.note(number)
    note(damaged: number)
    return .media("\(run.name): a packet gives no picture")
  }

  /// Whether a failure of the packet that was decoded last is the first. None of its pictures is
  /// given then.
  private func isNews() -> Bool {
    traces.note(history.next - 1)
    note(damaged: history.next - 1)
    guard mode == .careful, let entry = history.entry(history.next - 1) else { return true }
    defer { entry.isFailed = true }
    return !entry.isFailed
  }

  private func note(damaged number: Int) {
    policy.note(damaged: number)
    isSpoilt = true
  }

  /// Where a picture of that packet is in the order of decoding. A second one of a packet, and one whose
  /// packet is long gone, was made up for one that is missing: the last, as far as anybody knows.
  private func place(of number: Int) -> Int {
    guard let entry = history.entry(number), entry.seen == 0 else { return history.next - 1 }
    return number
  }

  // -- Pictures --

  /// After so many more packets nobody waits for a packet's picture any more: it has none. A picture is
  /// shown behind all B-frames that refer to it, and is decoded before; where threads decode ahead, 16 at most more packets are sent before it comes out.
  private static let mostWait = 48

  private func hold(_ picture: consuming DecodedPicture) {
    let number = picture.packet
    if number < blameEnd { picture.isSuspect = true }
    if picture.isDamaged {
      traces.note(number)
      note(damaged: number)
    }
    let place = place(of: number)
    let entry = history.entry(number)
    entry?.seen += 1
    held.hold(
      picture, place: place, turn: entry?.seen ?? .max, isHidden: entry?.isHidden ?? false)
  }

  /// Whether it is known if all that was decoded before the next picture is whole.
  private var isNextSettled: Bool {
    guard let number = held.nextPacket else { return false }
    return run.delay == 0 || history.isSettled(before: number, within: Self.mostWait)
  }

  /// The next picture, unless it was given before, its packet is known to be broken, or it is not shown.
  private func giveNext() -> DecodedPicture? {
    guard let next = held.take(), var picture = next.take() else { return nil }
    traces.mark(&picture, next.packet, at: next.place)
    if let entry = history.entry(next.packet) {
      guard !entry.isFailed, next.turn > entry.given else { return nil }
      entry.given = next.turn
    }
    history.give(next.packet)
    lastTime = picture.time ?? lastTime
    if next.isHidden { return nil }
    return picture
  }

  // -- Who decodes --

  /// One thread goes on from a key packet as if it were the first.
  private func turn() throws(ZCError) {
    run = try run.another(threads: carefulThreads, isStrict: false)
    isTurning = false
  }

  /// One thread takes over, from the first packet that is kept.
  private func beCareful() throws(ZCError) {
    run = try run.another(threads: 1, isStrict: false)
    mode = .careful
    isAlarmed = false
    isSpoilt = false
    policy.endAhead(before: history.next)
    goBack()
  }

  /// Several threads take over, if everything that is kept is sound.
  private func goAhead() {
    guard history.isKept, policy.allowsAhead(from: history.first) else { return }
    beginAhead()
  }

  /// Decodes what is kept with several threads.
  /// - Returns: false without memory for that: what decodes now goes on.
  @discardableResult private func beginAhead() -> Bool {
    guard let ahead = try? run.another(threads: threads, isStrict: traits.isStrict) else {
      return false
    }
    run = ahead
    mode = .ahead
    isTurning = false
    policy.beginAhead(at: history.next)
    goBack()
    return true
  }

  private func goBack() {
    held.drop(from: history.first)
    history.goBack()
    lastTime = nil
  }

  // -- A seek --

  /// FFmpeg's decoders remember some of what they failed at through a flush, H.264's so much that whole
  /// pictures come out wrong, before anybody is told: another begins then. Without memory for that this
  /// one goes on.
  func flush() {
    let isSuspect = isSpoilt || isTurning || isAlarmed
    let opensAnother = mode == .careful && !policy.isNever
    let isFresh = opensAnother || (!isSuspect && !hidesDamage())
    history.clear()
    traces.clear()
    held.clear()
    lastTime = nil
    policy.clear(at: history.next)
    (isEnding, isAlarmed, isSpoilt, isTurning) = (false, false, false, false)
    if policy.isNever {
      if !isFresh, let next = try? run.another(threads: carefulThreads, isStrict: false) {
        run = next
        return
      }
    } else if opensAnother || !isFresh, beginAhead() {
      return
    }
    run.flush()
  }

  /// Whether a packet that is decoded now is damaged, which nobody was told yet.
  private func hidesDamage() -> Bool {
    guard traits.isStrict else { return false }
    var isEnded = false
    while let received = try? run.receive() {
      switch consume received {
      case .picture(let picture): if picture.isDamaged { return true }
      case .wantsPackets:
        guard !isEnded, case .taken? = try? run.end() else { return true }
        isEnded = true
      case .end: return false
      case .failure: return true
      case .exhausted: return true
      }
    }
    return true
  }
}
