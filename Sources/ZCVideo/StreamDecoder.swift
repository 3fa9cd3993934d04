import CAV
import ZCCore

/// Decodes one stream's packets, and tells of damage exactly, however many threads decode.
///
/// FFmpeg conceals damage, and marks the picture. Where several packets are decoded at once a failure
/// may be of any of them, and H.264's decoder hands pictures out before they are marked: so it decodes
/// strictly, which makes damage a failure that comes before the picture. After a failure nothing more is
/// taken from there. What is kept of the packets is decoded again, by one thread that conceals, and what
/// was given before is left out, until all that is kept is sound.
struct StreamDecoder: ~Copyable {
  /// What became of a packet.
  enum Sent {
    case taken
    /// Pictures must be received first.
    case refused
    /// Every picture that may be held is: let go of some first.
    case exhausted(ZCError)
    case failure(ZCError)
  }
  /// What a decoder has to give.
  enum Received: ~Copyable {
    case picture(DecodedPicture)
    case wantsPackets
    case end
    /// Every picture that may be held is: let go of some first.
    case exhausted(ZCError)
    case failure(ZCError)
  }
  private enum Mode {
    /// One packet is decoded after the other.
    case plain
    /// Several are at once.
    case ahead
    /// One is after the other, since one of them was found damaged.
    case careful
  }

  /// Decoded strictly with several threads. Others in FFmpeg 5 abort the process for that.
  private static let strict: Set = ["h264"]
  /// Every packet is a picture, in this order, and with several threads libdav1d may pass over those
  /// that are damaged.
  private static let complete: Set = ["av1"]
  /// Their decoders mark too late with several threads.
  private static let oneThread: Set = ["mpeg4", "rv30", "rv40"]

  /// Keeping their packets costs more than decoding them, and no picture needs another.
  private static let uncompressed: Set = ["rawvideo", "v210", "v410", "r210", "wrapped_avframe"]

  private let threads: Int32
  /// Where one packet is decoded after the other: of which several may decode parts.
  private var carefulThreads: Int32 = 1
  private let isOnDevice: Bool
  private var run: CodecRun
  private var mode: Mode
  private var history = PacketHistory()
  private var traces = DamageTraces()
  private var isEnding = false
  /// A packet was found damaged, and nothing was done about it yet.
  private var isAlarmed = false
  /// The last packet that something was wrong with.
  private var lastDamage = -1
  /// FFmpeg has met damage: what it remembers of that may spoil whole key frames, too.
  private var isSpoilt = false
  /// What it still has comes out, before another begins at a key packet.
  private var isTurning = false
  /// So many sound packets are waited for before several threads decode again: more after each time
  /// that it was too early.
  private var patience = 0
  private var aheadSince = 0
  /// A failure that cannot be gone back for belongs to one of the packets before this one.
  private var blameEnd = 0
  /// One after the other: how many packets were sent, and which of the last ones failed.
  private var sent = 1
  private var failed: [Int] = []

  /// - Parameters:
  ///   - stream: its number in the file.
  ///   - reader: the file.
  ///   - threads: that decode; 0: as many as fit.
  ///   - device: a render node or an X display that decodes; nil: the CPU.
  ///   - surfaces: how many pictures in its memory may be held at once.
  /// - Throws: `media` where FFmpeg has no decoder for it, or the device cannot be had.
  init(
    for stream: Int32, of reader: borrowing MediaReader, threads: Int32, device: String? = nil,
    surfaces: Int = 0
  ) throws(ZCError) {
    let plain = try CodecRun.open(
      for: stream, of: reader, threads: threads, device: device, surfaces: surfaces
    ).get()
    try self.init(plain, threads, onDevice: device != nil)
  }

  /// For packets that a program feeds by hand.
  /// - Throws: `media` for a codec that FFmpeg does not know or decode, or a device that cannot be had.
  init(
    _ wanted: PacketDecoderOptions, _ backend: DecodingBackend, _ library: MediaLibrary
  ) throws(ZCError) {
    let plain = try CodecRun.open(wanted, backend, library).get()
    try self.init(plain, wanted.threads, onDevice: backend.device != nil)
  }

  private init(_ plain: consuming CodecRun, _ threads: Int32, onDevice: Bool) throws(ZCError) {
    let codec = plain.codec
    self.threads = Self.oneThread.contains(codec) ? 1 : threads
    isOnDevice = onDevice
    mode = .plain
    guard !onDevice, !Self.uncompressed.contains(codec) else {
      carefulThreads = self.threads
      run = plain
      return
    }
    // Carefully, and never otherwise.
    guard plain.overlaps, !Self.oneThread.contains(codec) else {
      carefulThreads = self.threads
      run = plain.overlaps ? try plain.another(threads: 1, isStrict: false) : plain
      mode = .careful
      lastDamage = .max
      return
    }
    do throws(ZCError) {
      run =
        Self.strict.contains(codec)
        ? try plain.another(threads: threads, isStrict: true) : plain
      mode = .ahead
    } catch .media {
      // It complains of the codec's own headers.
      run = try plain.another(threads: 1, isStrict: false)
      mode = .careful
      lastDamage = .max
    }
  }

  /// Hands a packet over.
  /// - Throws: what is no fault of the file; the packet was not taken then.
  mutating func send(_ packet: borrowing Packet) throws(ZCError) -> Sent {
    guard mode != .plain else { return try sendOn(packet) }
    guard !history.isBehind, !isAlarmed else { return .refused }
    let share = try packet.share(mark: history.end)
    if mode == .careful, packet.isKey { goAhead() }
    history.append(share)
    return .taken
  }

  /// After the last packet.
  mutating func end() throws(ZCError) -> Sent {
    guard mode != .plain else { return try run.end() }
    isEnding = true  // behind whatever waits
    return .taken
  }

  /// Where packets are decoded one after the other.
  private mutating func sendOn(_ packet: borrowing Packet) throws(ZCError) -> Sent {
    let answer = try run.send(packet.share(mark: sent))
    switch answer {
    case .taken: sent += 1
    case .failure:
      sent += 1
      if !isNews() { return .taken }
    case .refused, .exhausted: break
    }
    return answer
  }

  mutating func receive() throws(ZCError) -> Received {
    while true {
      if isAlarmed { try beCareful() }
      switch try run.receive() {
      case .picture(let picture):
        let isWrong = picture.isDamaged || lacksPicture(Int(picture.facts.mark) - 1)
        if isWrong, alarm() { continue }
        if let picture = give(picture) { return .picture(picture) }
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
        return .end
      case .wantsPackets:
        guard mode != .plain, history.isBehind || isEnding else { return .wantsPackets }
        if let error = try decode(), !alarm(), isNews() { return .failure(error) }
      }
    }
  }

  /// Gives FFmpeg the next packet, or the end.
  /// - Returns: why it cannot be decoded.
  private mutating func decode() throws(ZCError) -> ZCError? {
    guard let entry = history.waiting else {
      guard case .failure(let error) = try run.end() else { return nil }
      return error
    }
    if mode == .careful, isSpoilt, entry.packet.isKey {
      (isSpoilt, isTurning) = (false, true)
      guard case .failure(let error) = try run.end() else { return nil }
      return error
    }
    let sent = try run.send(entry.packet)
    history.advance()
    guard case .failure(let error) = sent else { return nil }
    return error
  }

  /// Something is wrong with what was decoded ahead.
  /// - Returns: whether it can be decoded again.
  private mutating func alarm() -> Bool {
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
    guard mode == .ahead, Self.complete.contains(run.codec), let entry = history.entry(number)
    else { return false }
    return entry.given == 0 && !entry.isFailed
  }

  /// Whether a failure of the packet that was decoded last is the first. None of its pictures is
  /// given then.
  private mutating func isNews() -> Bool {
    if mode == .plain {
      traces.note(sent - 1)
      defer { failed = failed.suffix(Self.longestDelay) + [sent - 1] }
      return failed.last != sent - 1
    }
    traces.note(history.next - 1)
    noteDamage(history.next - 1)
    guard mode == .careful, let entry = history.entry(history.next - 1) else { return true }
    defer { entry.isFailed = true }
    return !entry.isFailed
  }

  private mutating func noteDamage(_ number: Int) {
    lastDamage = max(lastDamage, number)
    isSpoilt = true
  }

  /// One thread goes on from a key packet as if it were the first.
  private mutating func turn() throws(ZCError) {
    run = try run.another(threads: carefulThreads, isStrict: false)
    isTurning = false
  }

  /// Where a picture of that packet is in the order of decoding. A second one of a packet, and one whose
  /// packet is long gone, was made up for one that is missing: the last, as far as anybody knows.
  private func place(of number: Int) -> Int {
    if mode == .plain { return number }
    guard let entry = history.entry(number), entry.seen == 0 else { return history.next - 1 }
    return number
  }

  /// The picture, unless it was given before, or its packet is known to be broken.
  private mutating func give(_ picture: consuming DecodedPicture) -> DecodedPicture? {
    let number = Int(picture.facts.mark)
    if number < blameEnd { picture.isSuspect = true }
    if picture.isDamaged {
      traces.note(number)
    } else {
      picture.isTraced = traces.reach(place(of: number), isKey: picture.isKey)
    }
    if mode == .plain {
      if failed.contains(number) { return nil }
      return picture
    }
    if let entry = history.entry(number) {
      entry.seen += 1
      guard !entry.isFailed, entry.seen > entry.given else { return nil }
      entry.given = entry.seen
    }
    if picture.isDamaged { noteDamage(number) }
    history.give(number)
    return picture
  }

  /// One thread takes over, from the first packet that is kept.
  private mutating func beCareful() throws(ZCError) {
    run = try run.another(threads: 1, isStrict: false)
    mode = .careful
    isAlarmed = false
    let wasShort = history.next - aheadSince < 4 * patience + Self.shortRun
    patience = wasShort ? min(max(Self.shortRun, 2 * patience), Self.mostPatience) : 0
    noteDamage(history.next - 1)
    isSpoilt = false
    history.goBack()
  }

  /// So many packets may pass before a picture is given.
  private static let longestDelay = 64
  private static let shortRun = 32
  private static let mostPatience = 4096

  /// Several threads take over, if everything that is kept is sound.
  private mutating func goAhead() {
    guard history.isKept, lastDamage < history.first, history.first - lastDamage > patience
    else { return }
    beginAhead()
  }

  /// Decodes what is kept with several threads.
  /// - Returns: false without memory for that: what decodes now goes on.
  @discardableResult private mutating func beginAhead() -> Bool {
    let next = Result { () throws(ZCError) in
      try run.another(threads: threads, isStrict: Self.strict.contains(run.codec))
    }
    guard case .success(let ahead) = consume next else { return false }
    run = ahead
    mode = .ahead
    isTurning = false
    aheadSince = history.next
    history.goBack()
    return true
  }

  /// FFmpeg's decoders remember some of what they failed at through a flush, H.264's so much that whole
  /// pictures come out wrong, before anybody is told. Without memory for another this one goes on.
  private mutating func begin() {
    let next = Result { () throws(ZCError) in
      try run.another(threads: carefulThreads, isStrict: false)
    }
    guard case .success(let fresh) = consume next else { return run.flush() }
    run = fresh
  }

  /// Forgets everything, as after a seek.
  mutating func flush() {
    history.clear()
    traces.clear()
    isEnding = false
    isAlarmed = false
    let hasFailed = !failed.isEmpty && !isOnDevice
    failed = []
    let isSpoilt =
      isSpoilt || isTurning || hasFailed || (mode != .plain && Self.strict.contains(run.codec))
    (self.isSpoilt, isTurning) = (false, false)
    let isAhead = mode == .ahead || (mode == .careful && lastDamage < .max)
    guard isSpoilt || (isAhead && mode == .careful) else { return run.flush() }
    if isAhead {
      lastDamage = -1
      patience = 0
      if !beginAhead() { run.flush() }
    } else {
      begin()
    }
  }
}
