/// What a pool holds and has done, exact to the byte.
public struct PoolStatistics: Hashable, Sendable {
  /// Things, and what they take.
  public struct Tally: Hashable, Sendable {
    public var count: Int
    public var bytes: Int

    @inlinable public init(count: Int = 0, bytes: Int = 0) {
      self.count = count
      self.bytes = bytes
    }

    @inlinable mutating func add(_ bytes: Int) {
      count += 1
      self.bytes += bytes
    }

    @inlinable mutating func remove(_ bytes: Int) {
      count -= 1
      self.bytes -= bytes
    }
  }

  /// What all of the following may take together, in bytes.
  public let budget: Int
  /// Held by somebody.
  public var live = Tally()
  /// Held by somebody, and not to come back: deleted once it is let go of.
  public var orphaned = Tally()
  /// Let go of; the GPU may still read it.
  public var retiring = Tally()
  /// Ready to be taken again.
  public var idle = Tally()
  /// Takings that an idle thing served.
  public var hits = 0
  /// Takings that made a new thing.
  public var misses = 0
  /// Things deleted though they could have been taken again.
  public var evictions = 0
  /// The most that was ever used, in bytes.
  public var peakBytes = 0

  @inlinable public init(budget: Int) { self.budget = budget }

  /// What counts in the budget, in bytes.
  @inlinable public var usedBytes: Int { live.bytes + orphaned.bytes + retiring.bytes + idle.bytes }
}
