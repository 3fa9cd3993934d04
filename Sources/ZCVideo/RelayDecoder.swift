import CAV
import ZCCore

/// A decoder of packets from elsewhere, on the backend that was asked for. Where a device fails that
/// the CPU may take over from, the CPU decodes what was sent since the last keyframe again, and goes on
/// behind the last picture that was given: none is lost.
struct RelayDecoder: ~Copyable {
  private let options: PacketDecoderOptions
  private let library: MediaLibrary
  private var decoder: StreamDecoder
  private(set) var backend: DecodingBackend
  /// How many decoders there were.
  private(set) var decoders = 1
  /// The device's first picture was looked at.
  private var isProven = false
  private var trail = PacketTrail()
  /// To be decoded again, before anything else.
  private var again: ArraySlice<QueuedPacket> = []
  /// The last packet was sent.
  private var isEnding = false
  private var given = GivenPictures()

  /// - Throws: `media` for a codec that FFmpeg does not decode, or a device that cannot be had and
  ///   must decode.
  init(_ options: PacketDecoderOptions, _ library: MediaLibrary) throws(ZCError) {
    self.options = options
    self.library = library
    var backend = options.backend
    decoder = try Self.open(options, library, &backend)
    self.backend = backend
  }

  private static func open(
    _ options: PacketDecoderOptions, _ library: MediaLibrary, _ backend: inout DecodingBackend
  ) throws(ZCError) -> StreamDecoder {
    do throws(ZCError) {
      return try StreamDecoder(options, backend, library)
    } catch {
      guard backend.device != nil, backend.isOptional else { throw error }
      backend.leaveDevice(because: error.description)
      return try StreamDecoder(options, backend, library)
    }
  }

  /// Hands a packet over, once ``receive()`` has nothing more to give.
  mutating func send(_ packet: QueuedPacket) throws(ZCError) -> StreamDecoder.Sent {
    guard again.isEmpty else { return .refused }
    let sent = try decoder.send(packet.packet)
    switch sent {
    case .refused, .exhausted: return sent
    case .taken: note(packet)
    case .failure(let error):
      note(packet)
      if try leaveDevice(because: error) { return .taken }
    }
    return sent
  }

  /// After the last packet.
  mutating func end() throws(ZCError) -> StreamDecoder.Sent {
    isEnding = true
    return again.isEmpty ? try decoder.end() : .taken
  }

  mutating func receive() throws(ZCError) -> StreamDecoder.Received {
    while true {
      switch try decoder.receive() {
      case .picture(let picture):
        if given.includes(picture) { continue }
        if let failure = unproven(picture) {
          if try leaveDevice(because: failure) { continue }
          return .failure(backend.device.map { failure.by($0) } ?? failure)
        }
        given.add(picture)
        return .picture(picture)
      case .wantsPackets:
        switch try repeatPacket() {
        case .taken: continue
        case .failure(let error): return .failure(error)
        case .exhausted(let error): return .exhausted(error)
        case .refused, nil: return .wantsPackets
        }
      case .failure(let error):
        if try leaveDevice(because: error) { continue }
        return .failure(error)
      case .end: return .end
      case .exhausted(let error): return .exhausted(error)
      }
    }
  }

  /// Forgets everything.
  mutating func flush() {
    decoder.flush()
    trail.forget()
    again = []
    isEnding = false
    given = GivenPictures()
  }

  private mutating func note(_ packet: QueuedPacket) {
    if packet.packet.isKey { given.begin() }
    if backend.device != nil, backend.isOptional { trail.add(packet) }
  }

  /// Why the device's first picture cannot be looked at.
  private mutating func unproven(_ picture: borrowing DecodedPicture) -> ZCError? {
    guard !isProven, picture.isOnDevice else { return nil }
    let failure = picture.unusable
    isProven = failure == nil
    return failure
  }

  /// The next of those that are decoded again, and the end behind them; nil where there is none.
  private mutating func repeatPacket() throws(ZCError) -> StreamDecoder.Sent? {
    guard let packet = again.first else { return nil }
    let sent = try decoder.send(packet.packet)
    switch sent {
    case .taken, .failure: again.removeFirst()
    case .refused, .exhausted: return sent
    }
    if again.isEmpty, isEnding { _ = try decoder.end() }
    return sent
  }

  /// The CPU takes over, where it may.
  /// - Returns: whether it decodes again what the device did not; otherwise that is lost, up to the
  ///   next keyframe.
  private mutating func leaveDevice(because error: ZCError) throws(ZCError) -> Bool {
    guard backend.device != nil, backend.isOptional else { return false }
    backend.leaveDevice(because: error.description)
    decoder = try StreamDecoder(options, backend, library)
    decoders += 1
    given.repeats()
    again = trail.packets[...]
    trail.forget()
    return !again.isEmpty
  }
}

/// What was sent since the last keyframe, as long as that is not too much to keep.
private struct PacketTrail {
  private(set) var packets: [QueuedPacket] = []
  private var bytes = 0
  /// A longer one is not kept: what is lost then comes again with the next keyframe.
  private static let most = 1 << 26
  /// What a packet takes beside its bytes, about.
  private static let overhead = 1 << 10

  mutating func add(_ packet: QueuedPacket) {
    if packet.packet.isKey { forget() }
    guard packet.packet.isKey || !packets.isEmpty else { return }
    packets.append(packet)
    bytes += Int(packet.packet.facts.size) + Self.overhead
    if bytes > Self.most { forget() }
  }

  mutating func forget() {
    packets = []
    bytes = 0
  }
}

/// How far the pictures came that were given: by their times, or by their number where they have none.
private struct GivenPictures {
  private var last: Int64?
  private var count = 0
  /// How many come again; nil while none does.
  private var repeated: Int?

  /// A keyframe: what comes again begins with it.
  mutating func begin() { count = 0 }

  mutating func add(_ picture: borrowing DecodedPicture) {
    count += 1
    repeated = nil
    if let time = picture.time { last = max(last ?? time, time) }
  }

  mutating func repeats() { repeated = count }

  /// Whether it was given before.
  mutating func includes(_ picture: borrowing DecodedPicture) -> Bool {
    guard let left = repeated else { return false }
    if let time = picture.time, let last { return time <= last }
    guard left > 0 else { return false }
    repeated = left - 1
    return true
  }
}
