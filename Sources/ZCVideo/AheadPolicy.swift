/// When several threads decode again after one of their packets was found damaged: so many sound packets
/// later, and more after each time that it was too early.
struct AheadPolicy {
  private static let shortRun = 32
  private static let mostPatience = 4096

  /// The last packet that something was wrong with.
  private var lastDamage = -1
  private var patience = 0
  private var begin = 0

  /// Nothing but one thread will do.
  static var never: AheadPolicy {
    var policy = AheadPolicy()
    policy.lastDamage = .max
    return policy
  }

  var isNever: Bool { lastDamage == .max }

  mutating func note(damaged packet: Int) { lastDamage = max(lastDamage, packet) }

  /// Several threads begin at that packet.
  mutating func beginAhead(at packet: Int) { begin = packet }

  /// They end before that packet: something was wrong.
  mutating func endAhead(before packet: Int) {
    let wasShort = packet - begin < 4 * patience + Self.shortRun
    patience = wasShort ? min(max(Self.shortRun, 2 * patience), Self.mostPatience) : 0
    note(damaged: packet - 1)
  }

  /// Whether all that is kept, from that packet on, is sound, and long enough behind the damage.
  func allowsAhead(from first: Int) -> Bool {
    lastDamage < first && first - lastDamage > patience
  }

  /// What comes next, from that packet on, has nothing to do with what came before.
  mutating func clear(at packet: Int) {
    guard !isNever else { return }
    lastDamage = -1
    patience = 0
    begin = packet
  }
}
