import CAV
import ZCCore

/// A file that is open for reading packets.
@safe struct MediaReader: ~Copyable, @unchecked Sendable {  // only its one owner reads
  /// What reading gave.
  enum Read: ~Copyable {
    case packet(Packet)
    case end
    case failure(ZCError)
  }

  let path: MediaPath
  let pointer: OpaquePointer
  let library: MediaLibrary
  private let epoch = ForkEpoch.current

  /// - Throws: `media` for what is no file with streams that FFmpeg can read.
  init(_ path: MediaPath, _ library: MediaLibrary) throws(ZCError) {
    var media: OpaquePointer?
    var err = zcav_error()
    let status = unsafe library.table.pointee.media_open(path.bytes, &media, &err)
    guard Int(status) == ZCAV_OK, let media = unsafe media else {
      throw .media(status, err, doing: path.name)
    }
    self.path = path
    self.library = library
    unsafe pointer = media
  }

  /// The same file from its beginning, in a reader of its own, whatever lies under its path now.
  func again() throws(ZCError) -> MediaReader {
    var media: OpaquePointer?
    var err = zcav_error()
    let status = unsafe library.table.pointee.media_again(pointer, &media, &err)
    guard Int(status) == ZCAV_OK, let media = unsafe media else {
      throw .media(status, err, doing: path.name)
    }
    return unsafe MediaReader(media, path, library)
  }

  private init(_ media: OpaquePointer, _ path: MediaPath, _ library: MediaLibrary) {
    self.path = path
    self.library = library
    unsafe pointer = media
  }

  /// FFmpeg's name of the container: "mov,mp4,m4a,3gp,3g2,mj2".
  var format: String {
    unsafe library.table.pointee.media_format(pointer).map { unsafe String(cString: $0) } ?? ""
  }

  var streams: [StreamDescription] {
    let format = self.format
    return (0..<max(0, unsafe library.table.pointee.media_stream_count(pointer))).map { index in
      var stream = zcav_stream()
      unsafe library.table.pointee.media_stream(pointer, index, &stream)
      return StreamDescription(stream, in: format)
    }
  }

  /// The video stream that FFmpeg thinks best.
  var bestVideo: Int? {
    let index = unsafe library.table.pointee.media_best(pointer, Int32(ZCAV_VIDEO.rawValue))
    return index < 0 ? nil : Int(index)
  }

  /// The next packet of a stream.
  /// - Throws: what is no fault of the file.
  mutating func read(_ stream: Int32) throws(ZCError) -> Read {
    var packet: OpaquePointer?
    var err = zcav_error()
    let status = unsafe library.table.pointee.media_read(pointer, stream, &packet, &err)
    if Int(status) == ZCAV_END { return .end }
    guard Int(status) == ZCAV_OK, let packet = unsafe packet else {
      return .failure(try ZCError.media(status, err, doing: path.name).ofFile())
    }
    return unsafe .packet(Packet(packet, of: library))
  }

  /// What is read next is a key packet at or before that time, if the container can tell.
  /// - Returns: whether it can.
  mutating func seek(_ stream: Int32, to time: Int64) -> Bool {
    var err = zcav_error()
    return Int(unsafe library.table.pointee.media_seek(pointer, stream, time, &err)) == ZCAV_OK
  }

  deinit {
    // A child of a fork leaves alone what the parent's threads may have held.
    if epoch.isCurrent { unsafe library.table.pointee.media_close(pointer) }
  }
}
