/// Which frames a video has, and when each is shown: 8 bytes a frame.
package struct FrameIndex: Sendable {
  /// How it was made.
  package enum Kind: String, Sendable {
    /// From what the file says of its packets.
    case packets
    /// By decoding everything once, where packets do not tell.
    case decoded
  }

  package let kind: Kind
  /// Times in the order in which frames are shown, each doubled; 1 more for a key frame. They never
  /// fall.
  private let entries: [Int64]
  /// Times of key packets that are decoded and not shown.
  private let hiddenKeys: [Int64]
  /// The longest that any packet waits between being decoded and being shown.
  package let longestDelay: Int64
  /// A frame is known by its time: each has one of its own, from the file.
  package let isTimed: Bool
  /// When the last frame is over; nil for an index of none.
  package let end: Int64?

  init(
    _ kind: Kind, _ entries: [Int64], hiddenKeys: [Int64], longestDelay: Int64, isTimed: Bool,
    lastDuration: Int64
  ) {
    self.kind = kind
    self.entries = entries
    self.hiddenKeys = hiddenKeys
    self.longestDelay = longestDelay
    self.isTimed = isTimed
    end = entries.last.map { ($0 >> 1) + lastDuration }
  }

  package var count: Int { entries.count }

  /// When a frame is shown, in the stream's time base.
  package func time(_ number: Int) -> Int64 { entries[number] >> 1 }

  /// When the first frame is shown.
  package var first: Int64? { entries.first.map { $0 >> 1 } }

  package func isKey(_ number: Int) -> Bool { entries[number] & 1 == 1 }

  /// The frame of exactly that time.
  package func number(of time: Int64) -> Int? {
    let number = firstNumber { $0 >= time }
    return number < count && self.time(number) == time ? number : nil
  }

  /// The last frame that `isDue` says yes to; it must say so to all before that one.
  package func last(where isDue: (Int64) -> Bool) -> Int? {
    let number = firstNumber { !isDue($0) }
    return number > 0 ? number - 1 : nil
  }

  /// The first frame for whose time `is` holds; it must hold for all after that one.
  private func firstNumber(where holds: (Int64) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = low + (high - low) / 2
      if holds(time(middle)) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The time of the last key at or before a time; nil where decoding starts with the file.
  package func key(atOrBefore time: Int64) -> Int64? {
    var shown: Int64?
    var number = firstNumber { $0 > time } - 1
    while number >= 0 {
      if isKey(number) {
        shown = self.time(number)
        break
      }
      number -= 1
    }
    let hidden = hiddenKeys.last { $0 <= time }
    guard let shown, let hidden else { return shown ?? hidden }
    return max(shown, hidden)
  }
}
