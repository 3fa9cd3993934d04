/// Frames that were kept last, by their number: so many, and then the oldest goes.
package struct FrameCache<Frame: Sendable>: Sendable {
  private struct Entry: Sendable {
    let index: Int
    let frame: Frame
  }

  package struct Counts: Hashable, Sendable {
    package fileprivate(set) var hits = 0
    package fileprivate(set) var misses = 0
    package fileprivate(set) var evictions = 0
  }

  package let capacity: Int
  package private(set) var counts = Counts()
  /// The oldest comes first.
  private var entries: [Entry] = []

  /// - Parameter capacity: how many frames it keeps; 0 keeps none.
  package init(capacity: Int) { self.capacity = max(0, capacity) }

  package var count: Int { entries.count }
  package var frames: [Frame] { entries.map(\.frame) }

  /// Keeps a frame, in the place of one of the same number.
  /// - Returns: what it let go of: frames that gave way, or this one where nothing is kept.
  package mutating func keep(_ frame: Frame, index: Int) -> [Frame] {
    guard capacity > 0 else { return [frame] }
    var letGo: [Frame] = []
    if let place = entries.firstIndex(where: { $0.index == index }) {
      letGo.append(entries.remove(at: place).frame)
    } else if entries.count == capacity {
      letGo.append(entries.removeFirst().frame)
      counts.evictions &+= 1
    }
    entries.append(Entry(index: index, frame: frame))
    return letGo
  }

  /// The frame of that number.
  package mutating func frame(_ index: Int) -> Frame? {
    guard let place = entries.lastIndex(where: { $0.index == index }) else {
      counts.misses &+= 1
      return nil
    }
    counts.hits &+= 1
    return entries[place].frame
  }

  /// Lets go of the oldest, to make room elsewhere.
  package mutating func evict() -> Frame? {
    guard !entries.isEmpty else { return nil }
    counts.evictions &+= 1
    return entries.removeFirst().frame
  }

  /// Lets go of everything.
  package mutating func drop() -> [Frame] {
    defer { entries = [] }
    return frames
  }
}
