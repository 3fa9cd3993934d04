// What counting references costs: a lease opened and ended, and another hold on one taken and
// dropped, in nanoseconds. Compiled by guards.py with the sources of ZCCore.
import Glibc

private final class Payload: Sendable {}

@main enum Holds {
  static func main() {
    let times = 1_000_000
    let lease = nanoseconds(times) {
      _ = Lease.open(Payload(), as: .presenter, in: .first)
    }
    let first = Lease.open(Payload(), as: .presenter, in: .first)
    let hold = nanoseconds(times) { _ = first.duplicate(as: .renderer) }
    print(lease, hold)
  }

  /// The median of five blocks.
  private static func nanoseconds(_ times: Int, _ work: () -> Void) -> Double {
    var blocks: [Double] = []
    for _ in 0..<5 {
      let begin = ContinuousClock.now
      for _ in 0..<times { work() }
      let taken = (ContinuousClock.now - begin).components
      blocks.append(
        (Double(taken.seconds) * 1e9 + Double(taken.attoseconds) / 1e9) / Double(times))
    }
    return blocks.sorted()[2]
  }
}
