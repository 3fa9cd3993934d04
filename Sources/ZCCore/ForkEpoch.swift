import Glibc
import Synchronization

/// Which process we are in, counted in forks. A context made before a fork is no use after it:
/// the driver's threads did not come along.
package struct ForkEpoch: Hashable, Sendable {
  private let forks: UInt64

  private static let counter = Atomic<UInt64>(0)
  private static let isWatching: Bool = {
    pthread_atfork(nil, nil) { ForkEpoch.counter.add(1, ordering: .relaxed) }
    return true
  }()

  /// The epoch of this process.
  package static var current: ForkEpoch {
    _ = isWatching
    return ForkEpoch(forks: counter.load(ordering: .relaxed))
  }
}
