import ZCCore

/// Decodes one stream's packets, and tells of damage exactly, however many threads decode.
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

  private let decoder: any DamageTelling

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
    let run = try CodecRun.open(
      for: stream, of: reader, threads: threads, device: device, surfaces: surfaces
    ).get()
    try self.init(run, threads, onDevice: device != nil, ofFile: true)
  }

  /// For packets that a program feeds by hand.
  /// - Throws: `media` for a codec that FFmpeg does not know or decode, or a device that cannot be had.
  init(
    _ wanted: PacketDecoderOptions, _ backend: DecodingBackend, _ library: MediaLibrary
  ) throws(ZCError) {
    let run = try CodecRun.open(wanted, backend, library).get()
    try self.init(run, wanted.threads, onDevice: backend.device != nil, ofFile: false)
  }

  private init(
    _ run: consuming CodecRun, _ threads: Int32, onDevice: Bool, ofFile: Bool
  ) throws(ZCError) {
    if onDevice {
      decoder = SerialDecoder(run, threads: threads, onDevice: true)
    } else if CodecTraits(run.codec).isUncompressed {
      let alone = run.overlaps ? try run.another(threads: 1, isStrict: false) : run
      decoder = SerialDecoder(alone, threads: 1, onDevice: false)
    } else {
      decoder = try RepeatingDecoder(run, threads: threads, ofFile: ofFile)
    }
  }

  /// Hands a packet over.
  /// - Throws: what is no fault of the file; the packet was not taken then.
  mutating func send(_ packet: borrowing Packet) throws(ZCError) -> Sent {
    try decoder.send(packet)
  }

  /// After the last packet.
  mutating func end() throws(ZCError) -> Sent { try decoder.end() }

  mutating func receive() throws(ZCError) -> Received { try decoder.receive() }

  /// Forgets everything, as after a seek.
  mutating func flush() { decoder.flush() }
}
