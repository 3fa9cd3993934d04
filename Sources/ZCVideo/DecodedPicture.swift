import CAV
import ZCCore

/// A picture as FFmpeg decoded it, with the memory that it is in.
@safe struct DecodedPicture: ~Copyable, @unchecked Sendable {  // FFmpeg's references are atomic
  let pointer: OpaquePointer
  let facts: zcav_frame_facts
  let library: MediaLibrary
  /// What is wrong with it may be told of another.
  var isSuspect = false
  /// Decoded from another's damaged data, or possibly so.
  var isTraced = false
  private let epoch = ForkEpoch.current

  /// Takes the reference over.
  init(_ pointer: OpaquePointer, of library: MediaLibrary) {
    unsafe self.pointer = pointer
    self.library = library
    var facts = zcav_frame_facts()
    unsafe library.table.pointee.frame_facts(pointer, &facts)
    self.facts = facts
  }

  /// In the stream's time base; nil where nobody knows.
  var time: Int64? { facts.pts == noTime ? nil : facts.pts }
  /// How long it is shown; 0 where nobody knows.
  var duration: Int64 { facts.duration }
  var isKey: Bool { facts.is_key != 0 }
  /// The mark of the packet that it was decoded from.
  var packet: Int { Int(facts.mark) }
  /// Decoded with damage: parts of it are made up.
  var isDamaged: Bool {
    (isSuspect || facts.is_corrupt != 0) && Guards.keep(.damage)
  }
  /// Every pixel is what was coded.
  var isWhole: Bool { !isDamaged && !(isTraced && Guards.keep(.damage)) }

  /// Takes the memory from under whoever still looks at it. Only a build without guards calls this,
  /// once, and never drops the picture.
  func revoke() { unsafe library.table.pointee.frame_destroy(pointer) }

  deinit {
    // A child of a fork leaves alone what the parent's threads may have held.
    if epoch.isCurrent { unsafe library.table.pointee.frame_destroy(pointer) }
  }
}
