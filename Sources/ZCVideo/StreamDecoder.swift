import CAV
import ZCCore

/// A codec with its state, for one stream of a file.
@safe struct StreamDecoder: ~Copyable {
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

  private let pointer: OpaquePointer
  private let library: MediaLibrary
  private let epoch = ForkEpoch.current
  private let name: String

  private init(_ pointer: OpaquePointer, of reader: borrowing MediaReader) {
    unsafe self.pointer = pointer
    library = reader.library
    name = reader.path.name
  }

  /// - Parameters:
  ///   - stream: its number in the file.
  ///   - reader: the file.
  ///   - threads: that decode; 0: as many as fit.
  ///   - device: a render node or an X display that decodes; nil: the CPU.
  ///   - surfaces: how many pictures in its memory may be held at once.
  /// - Returns: `media` where FFmpeg has no decoder for it, or the device cannot be had.
  static func open(
    for stream: Int32, of reader: borrowing MediaReader, threads: Int32, device: String? = nil,
    surfaces: Int = 0
  ) -> Result<StreamDecoder, ZCError> {
    var decoder: OpaquePointer?
    var err = zcav_error()
    var options = unsafe zcav_decoder_options()
    unsafe options.threads = threads
    unsafe options.extra_surfaces = Int32(clamping: surfaces)
    let status = unsafe Self.withCString(device) { device in
      unsafe options.device = device
      return unsafe reader.library.table.pointee.decoder_open(
        reader.pointer, stream, &options, &decoder, &err)
    }
    guard Int(status) == ZCAV_OK, let decoder = unsafe decoder else {
      return .failure(.media(status, err, doing: reader.path.name))
    }
    return unsafe .success(StreamDecoder(decoder, of: reader))
  }

  private static func withCString<Result>(
    _ text: String?, _ body: (UnsafePointer<CChar>?) -> Result
  ) -> Result {
    guard let text else { return body(nil) }
    return unsafe text.withCString { unsafe body($0) }
  }

  /// For packets that a program feeds by hand.
  /// - Throws: `media` for a codec that FFmpeg does not know or decode, or a device that cannot be had.
  init(
    _ wanted: PacketDecoderOptions, _ backend: DecodingBackend, _ library: MediaLibrary
  ) throws(ZCError) {
    var decoder: OpaquePointer?
    var err = zcav_error()
    var options = unsafe zcav_decoder_options()
    unsafe options.threads = wanted.threads
    unsafe options.extra_surfaces = Int32(clamping: backend.surfaces)
    let base = zcav_ratio(
      numerator: Int32(clamping: wanted.timeBase.numerator),
      denominator: Int32(clamping: wanted.timeBase.denominator))
    let status = unsafe Self.withCString(backend.device) { device in
      unsafe options.device = device
      return unsafe library.table.pointee.decoder_open_codec(
        wanted.codec, wanted.extradata, wanted.extradata.count, base, &options, &decoder, &err)
    }
    guard Int(status) == ZCAV_OK, let decoder = unsafe decoder else {
      throw .media(status, err, doing: wanted.codec)
    }
    unsafe pointer = decoder
    self.library = library
    name = wanted.codec
  }

  /// Hands a packet over.
  /// - Throws: what is no fault of the file; the packet was not taken then.
  mutating func send(_ packet: borrowing Packet) throws(ZCError) -> Sent {
    try unsafe send(packet.pointer)
  }

  /// After the last packet.
  mutating func end() throws(ZCError) -> Sent { try unsafe send(nil) }

  private mutating func send(_ packet: OpaquePointer?) throws(ZCError) -> Sent {
    var err = zcav_error()
    let status = unsafe library.table.pointee.decoder_send(pointer, packet, &err)
    switch Int(status) {
    case ZCAV_OK, ZCAV_END: return .taken
    case ZCAV_AGAIN: return .refused
    case ZCAV_EXHAUSTED: return .exhausted(.media(status, err, doing: name))
    default: return .failure(try ZCError.media(status, err, doing: name).ofFile())
    }
  }

  mutating func receive() throws(ZCError) -> Received {
    var frame: OpaquePointer?
    var err = zcav_error()
    let status = unsafe library.table.pointee.decoder_receive(pointer, &frame, &err)
    switch Int(status) {
    case ZCAV_AGAIN: return .wantsPackets
    case ZCAV_END: return .end
    case ZCAV_EXHAUSTED: return .exhausted(.media(status, err, doing: name))
    case ZCAV_OK:
      guard let frame = unsafe frame else { return .wantsPackets }
      return unsafe .picture(DecodedPicture(frame, of: library))
    default: return .failure(try ZCError.media(status, err, doing: name).ofFile())
    }
  }

  /// Forgets everything, as after a seek.
  mutating func flush() { unsafe library.table.pointee.decoder_flush(pointer) }

  deinit {
    // Closing joins threads, which a child of a fork does not have.
    if epoch.isCurrent { unsafe library.table.pointee.decoder_close(pointer) }
  }
}
