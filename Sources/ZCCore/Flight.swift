import CFlight

/// What happens, told to whoever listens: the flight recorder's ring, and the log.
///
/// Thread-safety: any thread may call this, in a `deinit` too: it writes to memory, and waits for
/// nobody. Where nobody listens it is one relaxed load and a branch.
package enum Flight {
  /// `role` is the one that holds or no longer does, `other` the one to which it passes the hold.
  package static func record(
    _ event: FlightEvent, _ subject: @autoclosure () -> FlightSubject, _ role: Role? = nil,
    to other: Role? = nil
  ) {
    let listeners = zcf_who_listens()
    guard listeners != 0 else { return }
    let subject = subject()
    let note = zcf_note(
      context: subject.context, generation: subject.generation.rawValue, object: subject.object,
      bytes: UInt64(clamping: subject.bytes), width: subject.extent?.width ?? 0,
      height: subject.extent?.height ?? 0, event: event.rawValue,
      role: role.map { $0.rawValue + 1 } ?? 0, other_role: other.map { $0.rawValue + 1 } ?? 0,
      thread: 0)
    if listeners & UInt32(ZCF_RING_LISTENS) != 0 { zcf_write(note) }
    guard listeners & event.topic.rawValue != 0 else { return }
    Log.shared.add(.debug, "\(event.topic.word): \(event.name)\(note.words)")
  }
}

/// What something happened to.
package struct FlightSubject: Sendable {
  /// Which context of the process, in the order of their making; 0 is none.
  package let context: UInt64
  package let generation: Generation
  /// A texture's or fence's name; 0 is none.
  package let object: UInt64
  package let extent: Extent?
  package let bytes: Int

  package init(
    context: UInt64, _ generation: Generation, object: UInt64 = 0, extent: Extent? = nil,
    bytes: Int = 0
  ) {
    self.context = context
    self.generation = generation
    self.object = object
    self.extent = extent
    self.bytes = bytes
  }

  package static let unnamed = FlightSubject(context: 0, .first)
}

extension zcf_note {
  /// Everything that applies, as people read it.
  fileprivate var words: String {
    var words = ""
    if context != 0 { words += ", context \(context)" }
    if generation != 0 { words += " generation \(generation)" }
    if object != 0 { words += ", object \(object)" }
    if width != 0 { words += ", \(width) x \(height)" }
    if bytes != 0 { words += ", \(bytes) bytes" }
    if let role = Role(flight: role) { words += ", \(role)" }
    if let role = Role(flight: other_role) { words += " to \(role)" }
    return words
  }
}

extension Role {
  fileprivate init?(flight: UInt8) {
    guard flight > 0 else { return nil }
    self.init(rawValue: flight - 1)
  }
}
