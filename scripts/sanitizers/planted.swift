// Mistakes that a sanitizer must find in Swift, and the same work without one, which it must let
// pass. Compiled with the package's own lock.
import Glibc

@main enum Planted {
  static func main() {
    switch CommandLine.arguments.dropFirst().first {
    case "race": race()
    case "overrun": overrun()
    default: locked()
    }
  }

  private static func race() {
    nonisolated(unsafe) let count = UnsafeMutablePointer<Int>.allocate(capacity: 1)
    count.initialize(to: 0)
    twice { for _ in 0..<1000 { count.pointee += 1 } }
  }

  private static func overrun() {
    let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: 8)
    for i in 0...8 { bytes[i] = 1 }
    print(bytes[7])
    bytes.deallocate()
  }

  private static let count = Lock(0)

  private static func locked() {
    twice { for _ in 0..<1000 { count.withLock { $0 += 1 } } }
    print(count.withLock { $0 })
  }

  private final class Work: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// In two threads at once.
  private static func twice(_ work: @escaping @Sendable () -> Void) {
    var other = pthread_t()
    let handed = Unmanaged.passRetained(Work(work)).toOpaque()
    pthread_create(
      &other, nil,
      { handed in
        Unmanaged<Work>.fromOpaque(handed!).takeRetainedValue().run()
        return nil
      }, handed)
    work()
    pthread_join(other, nil)
  }
}
