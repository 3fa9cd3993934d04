import ZCCore

/// Who has one texture of a pool, and what for.
package struct Holder: Sendable {
  package enum Use: String, Sendable {
    case frame
    /// One plane of a decoded picture.
    case plane
    /// A buffer that a scene's passes draw into.
    case passBuffer = "pass buffer"
    /// What `render_into` draws into.
    case scratch
    /// What a scene's audio input shows.
    case audio
    /// What another's memory is drawn into, and what is handed out as memory.
    case imported = "imported frame"
    case exported = "exported frame"
    /// A picture turned over on its way to memory.
    case readBack = "read-back"
  }

  let use: Use
  /// The program's own name for it.
  let label: String?
  /// Nil until it has been made.
  var record: TextureRecord?
  /// Of a frame, whose holds say who has it.
  var lease: Lease?

  init(_ use: Use, label: String?) {
    self.use = use
    self.label = label
  }

  /// How many holds there are, of the roles that have any.
  var roles: [Role: UInt32] {
    guard let roles = lease?.roles else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: Role.allCases.map { ($0, roles[$0]) }.filter { $0.1 > 0 })
  }
}
