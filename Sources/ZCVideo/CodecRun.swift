import CAV
import ZCCore

/// A codec with its state, from a key packet on.
@safe struct CodecRun: ~Copyable {
  private let pointer: OpaquePointer
  private let library: MediaLibrary
  private let epoch = ForkEpoch.current
  let name: String
  /// FFmpeg's name of the codec.
  let codec: String
  /// It decodes several packets at once: what it complains of may be any of those.
  let overlaps: Bool

  private init(_ pointer: OpaquePointer, _ library: MediaLibrary, name: String) {
    unsafe self.pointer = pointer
    self.library = library
    self.name = name
    var facts = zcav_decoder_facts()
    unsafe library.table.pointee.decoder_facts(pointer, &facts)
    codec = text(of: facts.codec)
    overlaps = facts.overlaps != 0
  }

  /// - Parameters:
  ///   - stream: its number in the file.
  ///   - reader: the file.
  ///   - threads: that decode; 0: as many as fit.
  ///   - device: a render node or an X display that decodes; nil: the CPU.
  ///   - surfaces: how many pictures in its memory may be held at once.
  /// - Returns: `media` where FFmpeg has no decoder for it, or the device cannot be had.
  static func open(
    for stream: Int32, of reader: borrowing MediaReader, threads: Int32,
    device: String? = nil, surfaces: Int = 0
  ) -> Result<CodecRun, ZCError> {
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
    return unsafe .success(CodecRun(decoder, reader.library, name: reader.path.name))
  }

  private static func withCString<Result>(
    _ text: String?, _ body: (UnsafePointer<CChar>?) -> Result
  ) -> Result {
    guard let text else { return body(nil) }
    return unsafe text.withCString { unsafe body($0) }
  }

  /// For packets that a program feeds by hand.
  /// - Returns: `media` for a codec that FFmpeg does not know or decode, or a device that cannot be had.
  static func open(
    _ wanted: PacketDecoderOptions, _ backend: DecodingBackend, _ library: MediaLibrary
  ) -> Result<CodecRun, ZCError> {
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
      return .failure(.media(status, err, doing: wanted.codec))
    }
    return unsafe .success(CodecRun(decoder, library, name: wanted.codec))
  }

  /// By how many pictures one may come out later than it was decoded, as far as is known.
  var delay: Int {
    var facts = zcav_decoder_facts()
    unsafe library.table.pointee.decoder_facts(pointer, &facts)
    return Int(facts.delay)
  }

  /// The same codec anew, on the CPU.
  func another(threads: Int32, isStrict: Bool) throws(ZCError) -> CodecRun {
    var decoder: OpaquePointer?
    var err = zcav_error()
    var options = unsafe zcav_decoder_options()
    unsafe options.threads = threads
    unsafe options.is_strict = isStrict ? 1 : 0
    let status = unsafe library.table.pointee.decoder_open_another(
      pointer, &options, &decoder, &err)
    guard Int(status) == ZCAV_OK, let decoder = unsafe decoder else {
      throw .media(status, err, doing: name)
    }
    return unsafe CodecRun(decoder, library, name: name)
  }

  /// Hands a packet over.
  /// - Throws: what is no fault of the file; the packet was not taken then.
  mutating func send(_ packet: borrowing Packet) throws(ZCError) -> StreamDecoder.Sent {
    try unsafe send(packet.pointer)
  }

  /// After the last packet.
  mutating func end() throws(ZCError) -> StreamDecoder.Sent { try unsafe send(nil) }

  private mutating func send(_ packet: OpaquePointer?) throws(ZCError) -> StreamDecoder.Sent {
    var err = zcav_error()
    let status = unsafe library.table.pointee.decoder_send(pointer, packet, &err)
    switch Int(status) {
    case ZCAV_OK, ZCAV_END: return .taken
    case ZCAV_AGAIN: return .refused
    case ZCAV_EXHAUSTED: return .exhausted(.media(status, err, doing: name))
    default: return .failure(try ZCError.media(status, err, doing: name).ofFile())
    }
  }

  mutating func receive() throws(ZCError) -> StreamDecoder.Received {
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
