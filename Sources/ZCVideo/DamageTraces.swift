/// Which pictures may show what was made up for damaged ones.
///
/// Packets are known by their place in the order of decoding. A picture may refer to any that was
/// decoded before it, back to a key frame: after damage all are suspect until a whole key frame has come
/// out. Those that are shown before that key frame and decoded after it, the leading pictures of an open
/// group, may look back beyond it, and come out before it.
struct DamageTraces {
  /// Damaged packets that no key frame has ended yet, in order.
  private var damaged: [Int] = []

  /// More are told apart by nobody: the first and the last stand for all between.
  private static let most = 64

  /// A packet gave no picture, or one that is partly made up.
  mutating func note(_ packet: Int) {
    guard !damaged.contains(packet) else { return }
    let place = damaged.firstIndex { $0 > packet } ?? damaged.endIndex
    damaged.insert(packet, at: place)
    if damaged.count > Self.most { damaged.remove(at: Self.most - 1) }
  }

  /// Whether the picture of a packet may show traces of damage, when it comes out.
  mutating func reach(_ packet: Int, isKey: Bool) -> Bool {
    if isKey {
      // Beyond what is told apart only the last one is sure.
      let isEnding = damaged.count < Self.most || packet > damaged[damaged.endIndex - 1]
      if isEnding { damaged.removeAll { $0 < packet } }
      return false
    }
    return damaged.first.map { $0 < packet } ?? false
  }

  /// Says on a picture what it may show. Its packet has a number, and a place in the order of decoding.
  mutating func mark(_ picture: inout DecodedPicture, _ packet: Int, at place: Int) {
    if picture.isDamaged {
      note(packet)
    } else {
      picture.isTraced = reach(place, isKey: picture.isKey)
    }
  }

  mutating func clear() { damaged = [] }
}
