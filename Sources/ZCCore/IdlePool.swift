/// Which idle things are kept for reuse. Pure policy: exact descriptor, newest first, and a
/// byte budget within which the oldest leave.
public struct IdlePool<Descriptor: Hashable & Sendable, Thing: Sendable>: Sendable {
  @usableFromInline struct Entry: Sendable {
    @usableFromInline let descriptor: Descriptor
    @usableFromInline let thing: Thing
    @usableFromInline let bytes: Int
    /// How often the pool aged while this lay here.
    @usableFromInline var age = 0

    @inlinable init(_ descriptor: Descriptor, _ thing: Thing, _ bytes: Int) {
      self.descriptor = descriptor
      self.thing = thing
      self.bytes = bytes
    }
  }

  /// The oldest first.
  @usableFromInline var idle: [Entry] = []
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

  /// Takes the thing that has lain here longest.
  @inlinable public mutating func takeOldest() -> Thing? {
    guard !idle.isEmpty else { return nil }
    let oldest = idle.removeFirst()
    bytesIdle -= oldest.bytes
    return oldest.thing
  }

  /// Gives a thing back.
  /// - Returns: what no longer fits the budget, oldest first; it may be the thing itself.
  @inlinable public mutating func give(_ thing: Thing, as descriptor: Descriptor, bytes: Int)
    -> [Thing]
  {
    guard bytes <= budget else { return [thing] }
    var evicted: [Thing] = []
    while bytesIdle > budget - bytes, let oldest = takeOldest() { evicted.append(oldest) }
    idle.append(Entry(descriptor, thing, bytes))
    bytesIdle += bytes
    return evicted
  }

  /// Makes what lies here one older.
  /// - Returns: what is older than `limit` now, and no longer here.
  @inlinable public mutating func age(limit: Int) -> [Thing] {
    for index in idle.indices { idle[index].age += 1 }
    // The oldest lie first: each came after those before it.
    let leaving = idle.prefix { $0.age > limit }
    idle.removeFirst(leaving.count)
    for entry in leaving { bytesIdle -= entry.bytes }
    return leaving.map(\.thing)
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
