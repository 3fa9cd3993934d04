public import Synchronization

/// How many threads are inside a driver. A fork then leaves the child with the driver's locks
/// held by threads that it does not have.
public enum DriverWork {
  @usableFromInline static let threads = Atomic<Int>(0)
  private static let wasCut = Atomic<Bool>(false)

  @inlinable public static func begin() { threads.add(1, ordering: .relaxed) }
  @inlinable public static func end() { threads.subtract(1, ordering: .relaxed) }

  /// Whether a fork that led to this process found another thread inside a driver.
  public static var wasCutByFork: Bool { wasCut.load(ordering: .relaxed) }

  /// Called in the child. The thread that forks is inside no driver.
  static func forked() {
    if threads.exchange(0, ordering: .relaxed) > 0 { wasCut.store(true, ordering: .relaxed) }
  }
}
