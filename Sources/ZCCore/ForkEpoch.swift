import Glibc
public import Synchronization

/// Which process we are in, counted in forks. A context made before a fork is no use after it:
/// the driver's threads did not come along.
public struct ForkEpoch: Sendable {
  @usableFromInline let forks: UInt64

  @usableFromInline static let counter = Atomic<UInt64>(0)
  private static let isWatching: Bool = {
    pthread_atfork(nil, nil) {
      ForkEpoch.counter.add(1, ordering: .relaxed)
      DriverWork.forked()
    }
    return true
  }()

  /// The epoch of this process, from now on watched.
  public static var current: ForkEpoch {
    _ = isWatching
    return ForkEpoch(forks: counter.load(ordering: .relaxed))
  }

  /// Whether this is still the process of that epoch.
  @inlinable public var isCurrent: Bool {
    Self.counter.load(ordering: .relaxed) == forks || !Guards.keep(.forks)
  }
}
