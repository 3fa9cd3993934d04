/// Imports that are kept, since a decoder shows the same few surfaces again and again. Pure policy:
/// what is over the count leaves, the least recently used first.
package struct ImportCache<Import: Sendable>: Sendable {
  private struct Entry: Sendable {
    let key: SurfaceKey
    /// Whose surface it is: a decoder's pool.
    let owner: UInt64
    let kept: Import
  }

  /// The least recently used first.
  private var entries: [Entry] = []
  package let capacity: Int

  package init(capacity: Int) { self.capacity = capacity }

  package var count: Int { entries.count }

  /// What is kept of a surface.
  package mutating func find(_ key: SurfaceKey, of owner: UInt64) -> Import? {
    guard let index = entries.firstIndex(where: { $0.key == key && $0.owner == owner }) else {
      return nil
    }
    let entry = entries.remove(at: index)
    entries.append(entry)
    return entry.kept
  }

  /// Keeps an import in place of what was kept of the same surface.
  /// - Returns: what leaves; it may be the import itself.
  package mutating func keep(_ kept: Import, as key: SurfaceKey, of owner: UInt64) -> [Import] {
    let same = take { $0.key == key }
    entries.append(Entry(key: key, owner: owner, kept: kept))
    let excess = entries.prefix(max(0, entries.count - capacity)).map(\.kept)
    entries.removeFirst(excess.count)
    return same + excess
  }

  /// Lets go of an owner's: its pool has been replaced, or has gone.
  /// - Returns: what leaves.
  package mutating func forget(_ owner: UInt64) -> [Import] { take { $0.owner == owner } }

  private mutating func take(_ isLeaving: (Entry) -> Bool) -> [Import] {
    let leaving = entries.filter(isLeaving).map(\.kept)
    entries.removeAll(where: isLeaving)
    return leaving
  }
}
