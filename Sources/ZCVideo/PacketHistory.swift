import CAV

/// Packets from a key frame on, so that they can be decoded a second time, and what came of each.
///
/// It begins a whole group of pictures before what has not come yet: pictures between a key frame and
/// those that are shown before it may need the group before.
struct PacketHistory {
  /// A packet that was decoded, or waits to be.
  final class Entry {
    let packet: Packet
    /// Its pictures are not shown.
    let isHidden: Bool
    /// How many of its pictures were given.
    var given = 0
    /// How many of them came since decoding went back.
    var seen = 0
    /// It was told that it cannot be decoded. None of its pictures comes any more.
    var isFailed = false

    init(_ packet: consuming Packet, isHidden: Bool) {
      self.packet = packet
      self.isHidden = isHidden
    }
  }

  /// More is not kept, but forgotten up to the next key frame: minutes of most films.
  private static let mostBytes = 128 << 20
  private static let mostPackets = 20_000

  private var entries: [Entry] = []
  /// The number of the first entry; a packet's number is its mark.
  private(set) var first = 1
  /// The number of the packet that is decoded next.
  private(set) var next = 1
  private var keys: [Int] = []
  private var bytes = 0
  /// Decoding begins with whatever comes first.
  private var isFresh = true

  var end: Int { first + entries.count }
  /// Packets wait.
  var isBehind: Bool { next < end }
  /// Decoding can go back.
  var isKept: Bool { keys.first == first }

  mutating func append(_ packet: consuming Packet, isHidden: Bool) {
    if entries.count >= Self.mostPackets || bytes >= Self.mostBytes {
      drop(to: end)
      keys = []
    }
    // What is between the place where too much was dropped and a key frame cannot be decoded again.
    if packet.isKey, !isKept { drop(to: end) }
    if packet.isKey || isFresh { keys.append(end) }
    isFresh = false
    bytes += Int(packet.facts.size)
    entries.append(Entry(packet, isHidden: isHidden))
  }

  /// The packet that is decoded next; nil where none waits.
  var waiting: Entry? { entry(next) }

  mutating func advance() { next += 1 }

  func entry(_ number: Int) -> Entry? {
    entries.indices.contains(number - first) ? entries[number - first] : nil
  }

  /// Whether each packet before that one, of the last `count`, has had a picture, or has none.
  func isSettled(before number: Int, within count: Int) -> Bool {
    let oldest = max(first, next - count)
    guard oldest < number else { return true }
    return (oldest..<number).allSatisfy { earlier in
      entry(earlier).map { $0.seen > 0 || $0.isFailed } ?? true
    }
  }

  /// The first packet, of the last `count` that were decoded, that is shown between those times and has had
  /// no picture.
  func lost(after time: Int64, before end: Int64, within count: Int) -> Int? {
    (max(first, next - count)..<next).first { number in
      guard let entry = entry(number), let shown = entry.packet.time else { return false }
      return shown > time && shown < end && entry.seen == 0 && !entry.isFailed && !entry.isHidden
    }
  }

  /// Everything is decoded again.
  mutating func goBack() {
    next = first
    for entry in entries { entry.seen = 0 }
  }

  /// A picture of that packet was given, after which nothing comes of groups before.
  mutating func give(_ number: Int) {
    while keys.count > 2, number >= keys[2] {
      keys.removeFirst()
      drop(to: keys[0])
    }
  }

  /// Forgets everything.
  mutating func clear() {
    drop(to: end)
    keys = []
    next = end
    isFresh = true
  }

  private mutating func drop(to number: Int) {
    for entry in entries.prefix(number - first) { bytes -= Int(entry.packet.facts.size) }
    entries.removeFirst(number - first)
    first = number
    next = max(next, first)
  }
}
