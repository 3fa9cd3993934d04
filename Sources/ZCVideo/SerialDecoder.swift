import ZCCore

/// Decodes one packet after the other, and keeps none: on a device, or where nothing is compressed.
/// A failure is of the packet that was sent last, or marked in its picture.
final class SerialDecoder: DamageTelling {
  private let threads: Int32
  private let isOnDevice: Bool
  private var run: CodecRun
  private var traces = DamageTraces()
  /// How many packets were sent, and which of the last ones failed.
  private var sent = 1
  private var failed: [Int] = []
  /// Which of the last packets have pictures that are not shown.
  private var hidden: [Int] = []

  /// So many packets may pass before a picture is given.
  private static let longestDelay = 64

  init(_ run: consuming CodecRun, threads: Int32, onDevice: Bool) {
    self.run = run
    self.threads = threads
    isOnDevice = onDevice
  }

  func send(_ packet: borrowing Packet) throws(ZCError) -> StreamDecoder.Sent {
    packet.mark(sent)
    let answer = try run.send(packet)
    if packet.isHidden { hidden = hidden.suffix(Self.longestDelay) + [sent] }
    switch answer {
    case .taken: sent += 1
    case .failure:
      sent += 1
      if !isNews() { return .taken }
    case .refused, .exhausted: break
    }
    return answer
  }

  func end() throws(ZCError) -> StreamDecoder.Sent { try run.end() }

  func receive() throws(ZCError) -> StreamDecoder.Received {
    while true {
      switch try run.receive() {
      case .picture(let picture): if let picture = give(picture) { return .picture(picture) }
      case .failure(let error): if isNews() { return .failure(error) }
      case .exhausted(let error): return .exhausted(error)
      case .end: return .end
      case .wantsPackets: return .wantsPackets
      }
    }
  }

  /// Whether a failure of the packet that was sent last is the first. None of its pictures is given then.
  private func isNews() -> Bool {
    let last = sent - 1
    traces.note(last)
    defer { failed = failed.suffix(Self.longestDelay) + [last] }
    return failed.last != last
  }

  /// The picture, unless its packet is known to be broken, or it is not shown.
  private func give(_ picture: consuming DecodedPicture) -> DecodedPicture? {
    let number = picture.packet
    traces.mark(&picture, number, at: number)
    if failed.contains(number) || hidden.contains(number) { return nil }
    return picture
  }

  /// FFmpeg's decoders remember some of what they failed at through a flush: another begins then.
  /// Without memory for that this one goes on.
  func flush() {
    traces.clear()
    let hasFailed = !failed.isEmpty
    failed = []
    guard hasFailed, !isOnDevice, let next = try? run.another(threads: threads, isStrict: false)
    else { return run.flush() }
    run = next
  }
}
