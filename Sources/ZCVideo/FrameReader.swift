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
  }

  private let stream: Int32
  private let threads: Int32
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

  init(_ reader: consuming MediaReader, stream: Int, threads: Int32) throws(ZCError) {
    self.stream = Int32(clamping: stream)
    decoder = try StreamDecoder(for: Int32(clamping: stream), of: reader, threads: threads)
    self.reader = reader
    self.threads = threads
  }

  /// - Throws: what is no fault of the file: `outOfMemory`, `poolExhausted`. Nothing is lost then.
  mutating func next() throws(ZCError) -> Step {
    var wasRefused = false
    while true {
      switch try decoder.receive() {
      case .picture(let picture): return .picture(picture)
      case .end: return .end
      case .failure(let error): return .failure(error)
      case .wantsPackets:
        guard !wasRefused else {
          return .failure(
            .media("\(reader.path.name): the decoder takes no packet, and has no frame"))
        }
      }
      switch try feed() {
      case .taken: wasRefused = false
      case .refused: wasRefused = true
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
    if case .refused = sent { packet = consume next }
    return sent
  }

  private mutating func keep(_ read: consuming Packet) {
    if packetCount == 0 { beginning = PacketIdentity(read) }
    packetCount? += 1
    if read.time == nil, !read.isHidden { lacksTimes = true }
    packet = consume read
  }

  /// Back to the first picture.
  mutating func rewind() throws(ZCError) {
    if packetCount == 0 { return }
    forget()
    if let beginning, let time = beginning.earliest, reader.seek(stream, to: time),
      case .packet(let read) = try reader.read(stream), PacketIdentity(read) == beginning
    {
      packetCount = 0
      return keep(read)
    }
    let path = reader.path
    reader = try MediaReader(path, reader.library)
    decoder = try StreamDecoder(for: stream, of: reader, threads: threads)
    packetCount = 0
  }

  /// Goes to the last key packet at or before a time.
  /// - Returns: that packet's time, as far as it has one; nil where there is no going there.
  mutating func seek(to time: Int64) throws(ZCError) -> Landing? {
    forget()
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

  private mutating func forget() {
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
