/// Which idle things are kept for reuse. Pure policy: exact descriptor, newest first, and a
/// byte budget within which the oldest leave.
package struct IdlePool<Descriptor: Hashable & Sendable, Thing: Sendable>: Sendable {
  private var idle: [(descriptor: Descriptor, thing: Thing, bytes: Int)] = []
  package private(set) var idleBytes = 0
  package let budget: Int

  /// - Parameter budget: bytes that may lie idle.
  package init(budget: Int) { self.budget = budget }

  package var count: Int { idle.count }

  /// Takes an idle thing of exactly this descriptor, the most recently used first.
  package mutating func take(_ descriptor: Descriptor) -> Thing? {
    guard let index = idle.lastIndex(where: { $0.descriptor == descriptor }) else { return nil }
    let entry = idle.remove(at: index)
    idleBytes -= entry.bytes
    return entry.thing
  }

  /// Gives a thing back.
  /// - Returns: what no longer fits the budget, oldest first; it may be the thing itself.
  package mutating func give(_ thing: Thing, as descriptor: Descriptor, bytes: Int) -> [Thing] {
    guard bytes <= budget else { return [thing] }
    idle.append((descriptor, thing, bytes))
    idleBytes += bytes
    var evicted: [Thing] = []
    while idleBytes > budget {
      let oldest = idle.removeFirst()
      idleBytes -= oldest.bytes
      evicted.append(oldest.thing)
    }
    return evicted
  }

  /// Empties the pool.
  package mutating func takeAll() -> [Thing] {
    defer {
      idle = []
      idleBytes = 0
    }
    return idle.map(\.thing)
  }
}
