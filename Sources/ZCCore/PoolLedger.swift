/// What a pool has given out and what it keeps, and when it is full. Pure policy.
///
/// A thing is *live* while somebody holds it, *retiring* until the GPU has finished with it, then
/// *idle* until it is taken again. Orphaning ends a term: what was taken before it stays with its
/// holder, and does not come back. All of them count in the budget.
public struct PoolLedger<Descriptor: Hashable & Sendable, Thing: Sendable>: Sendable {
  /// The time between two orphanings.
  public struct Term: Hashable, Sendable {
    @usableFromInline var number: UInt64 = 0
    @inlinable init() {}
  }

  /// What became of a wish for a thing.
  public enum Taking: Sendable {
    case reused(Thing, Term)
    /// There is room for a new one, once these are deleted.
    case room(Term, evicted: [Thing])
    /// There is no room until somebody lets go.
    case full
    /// It is larger than the whole budget.
    case never

    @inlinable public var isFull: Bool {
      if case .full = self { true } else { false }
    }
  }

  @usableFromInline var shelf: IdlePool<Descriptor, Thing>
  @usableFromInline var counts: PoolStatistics
  @usableFromInline var term = Term()

  /// - Parameters:
  ///   - budget: bytes of everything together.
  ///   - idleBudget: bytes of what may lie idle.
  @inlinable public init(budget: Int, idleBudget: Int) {
    shelf = IdlePool(budget: min(idleBudget, budget))
    counts = PoolStatistics(budget: budget)
  }

  @inlinable public var statistics: PoolStatistics {
    var statistics = counts
    statistics.idle = PoolStatistics.Tally(count: shelf.count, bytes: shelf.idleBytes)
    return statistics
  }

  /// Takes an idle thing of exactly this descriptor, or finds room for a new one by evicting what
  /// is idle, the oldest first.
  @inlinable public mutating func take(_ descriptor: Descriptor, bytes: Int) -> Taking {
    if let thing = shelf.take(descriptor) {
      counts.hits &+= 1
      counts.live.add(bytes)
      return .reused(thing, term)
    }
    guard bytes <= counts.budget || !Guards.keep(.budgets) else { return .never }
    // These together are never beyond the budget, so nothing overflows.
    let kept = counts.live.bytes + counts.orphaned.bytes + counts.retiring.bytes
    guard bytes <= counts.budget - kept || !Guards.keep(.budgets) else { return .full }
    var evicted: [Thing] = []
    while shelf.idleBytes > counts.budget - kept - bytes, let oldest = shelf.takeOldest() {
      evicted.append(oldest)
    }
    counts.misses &+= 1
    counts.evictions &+= evicted.count
    counts.live.add(bytes)
    counts.peakBytes = max(counts.peakBytes, statistics.usedBytes)
    return .room(term, evicted: evicted)
  }

  /// The room that was found is not used after all.
  @inlinable public mutating func giveUp(bytes: Int, from term: Term) {
    letGo(bytes, from: term)
    counts.misses &-= 1
  }

  /// The last holder let go; the GPU may still read it.
  @inlinable public mutating func retire(bytes: Int, from term: Term) {
    letGo(bytes, from: term)
    counts.retiring.add(bytes)
  }

  @inlinable mutating func letGo(_ bytes: Int, from term: Term) {
    if term == self.term { counts.live.remove(bytes) } else { counts.orphaned.remove(bytes) }
  }

  /// The GPU has finished with a retired thing.
  /// - Returns: what is to be deleted.
  @inlinable public mutating func finish(
    _ thing: Thing, as descriptor: Descriptor, bytes: Int, from term: Term
  ) -> [Thing] {
    counts.retiring.remove(bytes)
    guard term == self.term else { return [thing] }
    return evicted(shelf.give(thing, as: descriptor, bytes: bytes))
  }

  /// What is held stays with its holders, and does not come back.
  @inlinable public mutating func orphan() {
    counts.orphaned.count += counts.live.count
    counts.orphaned.bytes += counts.live.bytes
    counts.live = PoolStatistics.Tally()
    term.number &+= 1
  }

  /// Makes what is idle one older.
  /// - Returns: what is older than `limit` now, and is to be deleted.
  @inlinable public mutating func age(limit: Int) -> [Thing] { evicted(shelf.age(limit: limit)) }

  /// Empties the shelf.
  /// - Returns: what is to be deleted.
  @inlinable public mutating func purge() -> [Thing] { evicted(shelf.takeAll()) }

  /// Keeps nothing from now on.
  /// - Returns: what is to be deleted.
  @inlinable public mutating func close() -> [Thing] {
    defer { shelf = IdlePool(budget: 0) }
    orphan()
    return shelf.takeAll()
  }

  @inlinable mutating func evicted(_ things: [Thing]) -> [Thing] {
    counts.evictions &+= things.count
    return things
  }
}
