/// How long something took: the last so many times exactly, all of them by number, sum and most.
/// Seconds.
package struct LatencyStatistics: Hashable, Sendable {
  package private(set) var count = 0
  package private(set) var total = 0.0
  package private(set) var most = 0.0
  private let capacity: Int
  private var recent: [Double] = []

  /// - Parameter capacity: how many of the latest are kept for percentiles.
  package init(capacity: Int = 512) { self.capacity = max(1, capacity) }

  /// Adds one; what is no time (negative, not finite) is left out.
  package mutating func add(_ seconds: Double) {
    guard seconds.isFinite, seconds >= 0 else { return }
    if recent.count < capacity {
      recent.append(seconds)
    } else {
      recent[count % capacity] = seconds
    }
    count &+= 1
    total += seconds
    most = max(most, seconds)
  }

  package var mean: Double? { count == 0 ? nil : total / Double(count) }

  /// The smallest of the latest that is not exceeded by `percent` of them (nearest rank); nil
  /// where there is none.
  package func percentile(_ percent: Double) -> Double? {
    percentiles([percent]).first ?? nil
  }

  /// As ``percentile(_:)``, of one moment.
  package func percentiles(_ percents: [Double]) -> [Double?] {
    let sorted = recent.sorted()
    return percents.map { percent in
      guard !sorted.isEmpty, percent.isFinite else { return nil }
      let rank = (min(max(percent, 0), 100) / 100 * Double(sorted.count)).rounded(.up)
      return sorted[min(max(Int(rank), 1), sorted.count) - 1]
    }
  }
}
