import CAV
import ZCCore

/// The pictures of one stream of a file, one after the other: packets in, pictures out.
struct FrameReader: ~Copyable {
  /// What comes next.
  enum Step: ~Copyable {
    case picture(DecodedPicture)
    case end
    /// A packet, or a place in the file, that cannot be read; what follows may be.
    case failure(ZCError)
    /// Every picture in the device's memory that may be held is. Nothing is lost.
    case exhausted(ZCError)
  }

  private let stream: Int32
  private let threads: Int32
  private(set) var backend: DecodingBackend
  /// What the device did not decode, where the CPU may not.
  private(set) var refusal: ZCError?
  /// How many decoders there were.
  private(set) var decoders = 1
  /// Where reading began, for the decoder that takes over: nil is the beginning.
  private var origin: Int64?
  /// Pictures since then.
  private var given = 0
  private var reader: MediaReader
  private var decoder: StreamDecoder
  /// Read, and not yet taken by the decoder.
  private var packet: Packet?
  private var beginning: PacketIdentity?
  private var isDraining = false
  /// Why the file could not be read to its end.
  private(set) var breakage: ZCError?
  /// How many packets were read since the beginning; nil after a seek.
  private(set) var packetCount: Int? = 0
  /// There was a packet without a time, which is not hidden.
  private(set) var lacksTimes = false

  /// - Throws: `media`, too, where a device that must decode cannot be had.
  init(
    _ reader: consuming MediaReader, stream: Int, threads: Int32, backend: DecodingBackend
  ) throws(ZCError) {
    self.stream = Int32(clamping: stream)
    self.threads = threads
    var backend = backend
    decoder = try Self.open(self.stream, reader, threads, &backend)
    self.backend = backend
    self.reader = reader
  }

  private static func open(
    _ stream: Int32, _ reader: borrowing MediaReader, _ threads: Int32,
    _ backend: inout DecodingBackend
  ) throws(ZCError) -> StreamDecoder {
    guard let device = backend.device else {
      return try StreamDecoder(for: stream, of: reader, threads: threads)
    }
    do throws(ZCError) {
      return try StreamDecoder(
        for: stream, of: reader, threads: threads, device: device, surfaces: backend.surfaces)
    } catch {
      guard backend.isOptional else { throw error }
      backend.leaveDevice(because: error.description)
      return try StreamDecoder(for: stream, of: reader, threads: threads)
    }
  }

  /// The next picture, or what is in its place.
  /// - Throws: what is no fault of the file: `outOfMemory`. Nothing is lost then.
  mutating func next() throws(ZCError) -> Step {
    switch try decode() {
    case .picture(let picture):
      given += 1
      return .picture(picture)
    case .failure(let error):
      guard backend.device != nil else { return .failure(error) }
      guard backend.isOptional else {
        if given == 0 { refusal = error }
        return .failure(error)
      }
      try leaveDevice(because: error.description)
      return try next()
    case .end: return .end
    case .exhausted(let error): return .exhausted(error)
    }
  }

  /// The CPU takes over, at the picture that the device did not decode; or, `again`, at the one that
  /// it gave last.
  mutating func leaveDevice(because reason: String, again: Bool = false) throws(ZCError) {
    let (origin, given) = (self.origin, self.given - (again ? 1 : 0))
    backend.leaveDevice(because: reason)
    decoder = try StreamDecoder(for: stream, of: reader, threads: threads)
    if let origin {
      _ = try seek(to: origin)
    } else {
      try rewind()
    }
    for _ in 0..<max(0, given) {
      if case .end = try next() { return }
    }
  }

  private mutating func decode() throws(ZCError) -> Step {
    var wasRefused = false
    while true {
      switch try decoder.receive() {
      case .picture(let picture): return .picture(picture)
      case .end: return .end
      case .failure(let error): return .failure(error)
      case .exhausted(let error): return .exhausted(error)
      case .wantsPackets:
        guard !wasRefused else {
          return .failure(
            .media("\(reader.path.name): the decoder takes no packet, and has no frame"))
        }
      }
      switch try feed() {
      case .taken: wasRefused = false
      case .refused: wasRefused = true
      case .exhausted(let error): return .exhausted(error)
      case .failure(let error): return .failure(error)
      }
    }
  }

  /// Gives the decoder its next packet, or the end.
  private mutating func feed() throws(ZCError) -> StreamDecoder.Sent {
    if packet == nil, !isDraining {
      switch try reader.read(stream) {
      case .packet(let read): keep(read)
      case .end: isDraining = true
      case .failure(let error):
        isDraining = true
        breakage = error
        return .failure(error)
      }
    }
    guard let next = packet.take() else { return try decoder.end() }
    let sent = try decoder.send(next)
    switch sent {
    case .refused, .exhausted: packet = consume next
    case .taken, .failure: break
    }
    return sent
  }

  private mutating func keep(_ read: consuming Packet) {
    if packetCount == 0 { beginning = PacketIdentity(read) }
    packetCount? += 1
    if read.time == nil, !read.isHidden { lacksTimes = true }
    packet = consume read
  }

  /// The file from its beginning, in a reader of its own.
  func mediaAgain() throws(ZCError) -> MediaReader { try reader.again() }

  /// Back to the first picture.
  mutating func rewind() throws(ZCError) {
    if packetCount == 0 { return }
    forget(origin: nil)
    if let beginning, let time = beginning.earliest, reader.seek(stream, to: time),
      case .packet(let read) = try reader.read(stream), PacketIdentity(read) == beginning
    {
      packetCount = 0
      return keep(read)
    }
    reader = try reader.again()
    decoder = try Self.open(stream, reader, threads, &backend)
    decoders += 1
    packetCount = 0
  }

  /// Goes to the last key packet at or before a time.
  /// - Returns: that packet's time, as far as it has one; nil where there is no going there.
  mutating func seek(to time: Int64) throws(ZCError) -> Landing? {
    forget(origin: time)
    packetCount = nil
    guard reader.seek(stream, to: time) else { return nil }
    while case .packet(let read) = try reader.read(stream) {
      guard read.isKey else { continue }
      let landing = Landing(time: read.time)
      packet = consume read
      return landing
    }
    return nil
  }

  /// Where a seek led.
  struct Landing {
    let time: Int64?
  }

  private mutating func forget(origin: Int64?) {
    self.origin = origin
    given = 0
    packet = nil
    isDraining = false
    breakage = nil
    decoder.flush()
  }
}

/// What a packet is known by when it is met again.
private struct PacketIdentity: Equatable {
  let time: Int64
  let decodingTime: Int64
  let position: Int64
  let size: Int32

  init(_ packet: borrowing Packet) {
    time = packet.facts.pts
    decodingTime = packet.facts.dts
    position = packet.facts.position
    size = packet.facts.size
  }

  /// nil where it has no time at all.
  var earliest: Int64? { [time, decodingTime].filter { $0 != noTime }.min() }
}
