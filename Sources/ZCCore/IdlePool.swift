/// Which idle things are kept for reuse. Pure policy: exact descriptor, newest first, and a
/// byte budget within which the oldest leave.
public struct IdlePool<Descriptor: Hashable & Sendable, Thing: Sendable>: Sendable {
  @usableFromInline var idle: [(descriptor: Descriptor, thing: Thing, bytes: Int)] = []
  /// Bytes that lie idle.
  @usableFromInline var bytesIdle = 0
  @inlinable public var idleBytes: Int { bytesIdle }
  public let budget: Int

  /// - Parameter budget: bytes that may lie idle.
  @inlinable public init(budget: Int) { self.budget = budget }

  @inlinable public var count: Int { idle.count }

  /// Takes an idle thing of exactly this descriptor, the most recently used first.
  @inlinable public mutating func take(_ descriptor: Descriptor) -> Thing? {
    guard let index = idle.lastIndex(where: { $0.descriptor == descriptor }) else { return nil }
    let entry = idle.remove(at: index)
    bytesIdle -= entry.bytes
    return entry.thing
  }

  /// Gives a thing back.
  /// - Returns: what no longer fits the budget, oldest first; it may be the thing itself.
  @inlinable public mutating func give(_ thing: Thing, as descriptor: Descriptor, bytes: Int)
    -> [Thing]
  {
    guard bytes <= budget else { return [thing] }
    idle.append((descriptor, thing, bytes))
    bytesIdle += bytes
    var evicted: [Thing] = []
    while bytesIdle > budget {
      let oldest = idle.removeFirst()
      bytesIdle -= oldest.bytes
      evicted.append(oldest.thing)
    }
    return evicted
  }

  /// Empties the pool.
  @inlinable public mutating func takeAll() -> [Thing] {
    defer {
      idle = []
      bytesIdle = 0
    }
    return idle.map(\.thing)
  }
}
