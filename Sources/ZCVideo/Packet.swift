import CAV
import ZCCore

/// One packet of a stream.
@safe struct Packet: ~Copyable, @unchecked Sendable {  // only its one owner marks it
  let pointer: OpaquePointer
  let facts: zcav_packet_facts
  private let library: MediaLibrary
  private let epoch = ForkEpoch.current

  /// Takes the packet over.
  init(_ pointer: OpaquePointer, of library: MediaLibrary) {
    unsafe self.pointer = pointer
    self.library = library
    var facts = zcav_packet_facts()
    unsafe library.table.pointee.packet_facts(pointer, &facts)
    self.facts = facts
  }

  /// Pictures of it have that mark.
  func mark(_ mark: Int) { unsafe library.table.pointee.packet_mark(pointer, Int64(mark)) }

  /// Another reference to the same bytes; pictures of it have that mark.
  func share(mark: Int) throws(ZCError) -> Packet {
    var packet: OpaquePointer?
    var err = zcav_error()
    let status = unsafe library.table.pointee.packet_share(pointer, Int64(mark), &packet, &err)
    guard Int(status) == ZCAV_OK, let packet = unsafe packet else {
      throw .media(status, err, doing: "a packet")
    }
    return unsafe Packet(packet, of: library)
  }

  var time: Int64? { facts.pts == noTime ? nil : facts.pts }
  var decodingTime: Int64? { facts.dts == noTime ? nil : facts.dts }
  var duration: Int64 { facts.duration }
  var isKey: Bool { facts.is_key != 0 }
  /// Decoded for others, and not shown.
  var isHidden: Bool { facts.is_discarded != 0 }

  deinit {
    // A child of a fork leaves alone what the parent's threads may have held.
    if epoch.isCurrent { unsafe library.table.pointee.packet_destroy(pointer) }
  }
}
