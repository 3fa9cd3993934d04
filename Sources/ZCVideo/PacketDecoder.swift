import CAV
package import ZCCore
import ZCPipeline

/// Decodes packets that a program feeds by hand, on a thread of its own.
///
/// Thread-safety: any thread may call anything here; ``send(_:pts:dts:isKey:)`` and
/// ``close()`` may wait for the decoder.
package final class PacketDecoder: Sendable {
  package let options: PacketDecoderOptions
  private let work: DecodeWork
  private let thread: WorkerThread
  private let scan: KeyframeScan
  private let epoch = ForkEpoch.current

  /// - Throws: `library` without FFmpeg; `media` for a codec that it does not decode.
  package init(_ options: PacketDecoderOptions) throws(ZCError) {
    self.options = options
    scan = KeyframeScan(codec: options.codec, extradata: options.extradata)
    let work = try DecodeWork(options, MediaLibrary.shared())
    self.work = work
    thread = try WorkerThread { work.run() }
  }

  deinit {
    // Whoever is decoding ends by itself; in a child of a fork nobody is.
    if epoch.isCurrent { work.stop() }
  }

  private func checked() throws(ZCError) -> DecodeWork {
    guard epoch.isCurrent else { throw .inheritedVideo }
    return work
  }

  /// Hands a packet over, whose bytes are copied. Times are in the time base.
  /// Where more would wait than may it waits as long as the decoder gets on by itself.
  /// - Returns: whether it was taken; otherwise it cannot be decoded, since a keyframe is missing.
  /// - Throws: `poolExhausted` where frames must be received first; `closed`.
  package func send(
    _ bytes: UnsafeRawBufferPointer, pts: Int64?, dts: Int64?, isKey: Bool?
  ) throws(ZCError) -> Bool {
    let work = try checked()
    guard bytes.count > 0 else { throw .badBuffer("a packet has bytes") }
    let head = unsafe [UInt8](bytes.prefix(KeyframeScan.reach))
    // A codec whose bits do not tell begins with whatever comes first.
    let isKey = isKey ?? scan.isKey(head) ?? !work.hasBegun
    let packet = unsafe try Packet(copying: bytes, pts: pts, dts: dts, isKey: isKey, work.library)
    return try work.offer(QueuedPacket(packet), isKey: isKey)
  }

  /// No packet comes any more: what the decoder still has comes out.
  package func finish() throws(ZCError) { try checked().finish() }

  /// What was decoded next; nil while there is nothing.
  /// - Throws: `media`, once for each packet that could not be decoded.
  package func receive() throws(ZCError) -> VideoFrame? {
    switch try takeOutcome() {
    case .frame(let frame): frame.share(as: .presenter)
    case .failure(let error): throw error
    case .end, nil: nil
    }
  }

  /// As ``receive()``, with the hold of the role `decoder`.
  func takeOutcome() throws(ZCError) -> DecodeOutcome? { try checked().take() }

  /// Forgets all packets and frames; nothing passes until the next keyframe.
  package func flush() throws(ZCError) { try checked().flush() }

  /// Stops the thread and closes the decoder; frames stay. A second close does nothing. Blocks
  /// until the packet that is being decoded is.
  package func close() {
    guard epoch.isCurrent else { return }
    work.stop()
    thread.join()
  }

  /// Can be read from while a frame, a failure or the end waits: for `poll`. It is the decoder's
  /// own, and lives as long.
  package var descriptor: Int32 {
    get throws(ZCError) { try checked().wake.descriptor }
  }

  /// Whether to ask whoever sends for a keyframe, at `now`, in seconds of the caller's clock.
  package func asks(at now: Double) throws(ZCError) -> Bool {
    guard now.isFinite else { throw .invalidArgument("now is seconds, not \(now)") }
    return try checked().asks(at: now)
  }

  package var report: JSONText {
    get throws(ZCError) { try checked().report(self) }
  }

  package var road: FrameRoad { work.road }

  /// All that was sent was decoded and received.
  package var hasEnded: Bool { get throws(ZCError) { try checked().hasEnded } }
}

extension Packet {
  /// - Throws: `media` for more bytes than a packet may have.
  fileprivate init(
    copying bytes: UnsafeRawBufferPointer, pts: Int64?, dts: Int64?, isKey: Bool,
    _ library: MediaLibrary
  ) throws(ZCError) {
    var packet: OpaquePointer?
    var err = zcav_error()
    let status = unsafe library.table.pointee.packet_create(
      bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count, pts ?? noTime,
      dts ?? noTime, isKey ? 1 : 0, &packet, &err)
    guard Int(status) == ZCAV_OK, let packet = unsafe packet else {
      throw .media(status, err, doing: "a packet")
    }
    unsafe self.init(packet, of: library)
  }
}
