import CAV
import ZCCore

@testable import ZCVideo

/// What the shim answered, with its words.
struct ShimError: Error {
  let status: Int
  let text: String
}

/// The shim's functions for tests: each call as it is, an answer below 0 thrown.
@safe struct Shim {
  let table: UnsafePointer<zcav_table>

  init() throws { unsafe table = try MediaFiles.library.get().table }

  /// Calls with an error to fill in; gives the status.
  func ask(_ call: (inout zcav_error) -> zcav_status) throws(ShimError) -> Int {
    var err = zcav_error()
    let status = Int(call(&err))
    guard status >= 0 else { throw ShimError(status: status, text: err.words) }
    return status
  }
}

@safe final class ShimMedia {
  private let shim: Shim
  fileprivate let pointer: OpaquePointer?

  init(_ path: String) throws {
    let shim = try Shim()
    var made: OpaquePointer?
    _ = try shim.ask { unsafe shim.table.pointee.media_open(path, &made, &$0) }
    self.shim = shim
    unsafe pointer = made
  }

  deinit { unsafe shim.table.pointee.media_close(pointer) }

  var count: Int { unsafe Int(shim.table.pointee.media_stream_count(pointer)) }

  func best(_ kind: zcav_kind = ZCAV_VIDEO) -> Int32 {
    unsafe shim.table.pointee.media_best(pointer, Int32(kind.rawValue))
  }

  func stream(_ index: Int32 = 0) -> zcav_stream {
    var stream = zcav_stream()
    unsafe shim.table.pointee.media_stream(pointer, index, &stream)
    return stream
  }

  /// The next packet, or nil at the end.
  func read(_ stream: Int32 = 0) throws -> ShimPacket? {
    var made: OpaquePointer?
    let status = try shim.ask { unsafe shim.table.pointee.media_read(pointer, stream, &made, &$0) }
    return status == ZCAV_OK ? unsafe ShimPacket(shim, made) : nil
  }

  func seek(_ stream: Int32 = 0, to time: Int64) throws {
    _ = try shim.ask { unsafe shim.table.pointee.media_seek(pointer, stream, time, &$0) }
  }

  func decoder(_ stream: Int32 = 0, threads: Int32 = 1) throws -> ShimDecoder {
    var options = unsafe zcav_decoder_options()
    unsafe options.threads = threads
    var made: OpaquePointer?
    _ = try shim.ask {
      unsafe shim.table.pointee.decoder_open(pointer, stream, &options, &made, &$0)
    }
    return unsafe ShimDecoder(shim, made)
  }
}

@safe final class ShimPacket {
  private let shim: Shim
  fileprivate let pointer: OpaquePointer?

  fileprivate init(_ shim: Shim, _ pointer: OpaquePointer?) {
    self.shim = shim
    unsafe self.pointer = pointer
  }

  convenience init(_ bytes: [UInt8], pts: Int64 = 0, isKey: Bool = true) throws {
    let shim = try Shim()
    var made: OpaquePointer?
    _ = try shim.ask { err in
      unsafe bytes.withUnsafeBufferPointer {
        unsafe shim.table.pointee.packet_create(
          $0.baseAddress, $0.count, pts, pts, isKey ? 1 : 0, &made, &err)
      }
    }
    unsafe self.init(shim, made)
  }

  deinit { unsafe shim.table.pointee.packet_destroy(pointer) }

  var facts: zcav_packet_facts {
    var facts = zcav_packet_facts()
    unsafe shim.table.pointee.packet_facts(pointer, &facts)
    return facts
  }
}

@safe final class ShimDecoder {
  private let shim: Shim
  private let pointer: OpaquePointer?

  fileprivate init(_ shim: Shim, _ pointer: OpaquePointer?) {
    self.shim = shim
    unsafe self.pointer = pointer
  }

  convenience init(codec: String, extradata: [UInt8] = []) throws {
    let shim = try Shim()
    var options = unsafe zcav_decoder_options()
    unsafe options.threads = 1
    var made: OpaquePointer?
    let base = zcav_ratio(numerator: 1, denominator: 1000)
    _ = try shim.ask { err in
      unsafe extradata.withUnsafeBufferPointer {
        unsafe shim.table.pointee.decoder_open_codec(
          codec, $0.baseAddress, $0.count, base, &options, &made, &err)
      }
    }
    unsafe self.init(shim, made)
  }

  deinit { unsafe shim.table.pointee.decoder_close(pointer) }

  /// OK, AGAIN or END. Nil ends the stream.
  func send(_ packet: ShimPacket?) throws -> Int {
    try shim.ask { unsafe shim.table.pointee.decoder_send(pointer, packet?.pointer, &$0) }
  }

  /// A frame, or AGAIN or END.
  func receive() throws -> (status: Int, frame: ShimFrame?) {
    var made: OpaquePointer?
    let status = try shim.ask { unsafe shim.table.pointee.decoder_receive(pointer, &made, &$0) }
    return (status, status == ZCAV_OK ? unsafe ShimFrame(shim, made) : nil)
  }

  func flush() { unsafe shim.table.pointee.decoder_flush(pointer) }

  /// Everything that is left, broken packets left out.
  func all(of media: ShimMedia, _ stream: Int32 = 0) throws -> [ShimFrame] {
    var frames: [ShimFrame] = []
    while true {
      let packet = try media.read(stream)
      do { _ = try send(packet) } catch is ShimError {}
      while true {
        let answer = Result { try receive() }
        guard case .success(let (status, frame)) = answer else { continue }
        if let frame { frames.append(frame) }
        if status == ZCAV_END { return frames }
        if status == ZCAV_AGAIN { break }
      }
    }
  }
}

@safe final class ShimFrame {
  private let shim: Shim
  private let pointer: OpaquePointer?

  fileprivate init(_ shim: Shim, _ pointer: OpaquePointer?) {
    self.shim = shim
    unsafe self.pointer = pointer
  }

  deinit { unsafe shim.table.pointee.frame_destroy(pointer) }

  var facts: zcav_frame_facts {
    var facts = zcav_frame_facts()
    unsafe shim.table.pointee.frame_facts(pointer, &facts)
    return facts
  }

  var pts: Int64 { facts.pts }
  var size: [Int32] { [facts.width, facts.height] }
  var turn: [Int32] { [facts.turn, facts.is_mirrored] }
  var format: String { text(facts.pixel_format) }
  var palettePlane: Int32 { facts.palette_plane }
  var sampleAspect: zcav_ratio { facts.sample_aspect }

  var sound: (count: Int32, channels: Int32, rate: Int32) {
    var facts = unsafe zcav_sound_facts()
    unsafe shim.table.pointee.frame_sound(pointer, &facts)
    return unsafe (facts.count, facts.channels, facts.sample_rate)
  }

  /// What is picture of each plane, row by row without what lies between.
  var bytes: [UInt8] {
    let facts = facts
    var bytes: [UInt8] = []
    unsafe withUnsafeBytes(of: facts.plane) { tuple in
      let planes = unsafe tuple.bindMemory(to: zcav_plane.self)
      for index in 0..<Int(facts.plane_count) {
        let plane = unsafe planes[index]
        for row in unsafe 0..<Int(plane.rows) {
          let start = unsafe plane.data + row * Int(plane.stride)
          unsafe bytes += UnsafeBufferPointer(start: start, count: Int(plane.row_bytes))
        }
      }
    }
    return bytes
  }

  func shared() throws -> ShimFrame {
    var made: OpaquePointer?
    _ = try shim.ask { unsafe shim.table.pointee.frame_share(pointer, &made, &$0) }
    return unsafe ShimFrame(shim, made)
  }

  func converted(to format: String) throws -> ShimFrame {
    var made: OpaquePointer?
    _ = try shim.ask { unsafe shim.table.pointee.frame_convert(pointer, format, &made, &$0) }
    return unsafe ShimFrame(shim, made)
  }
}

/// A name in a fixed array of characters.
func text<T>(_ characters: T) -> String {
  unsafe withUnsafeBytes(of: characters) { bytes in
    unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }
}
