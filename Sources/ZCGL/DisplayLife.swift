import Synchronization
import ZCCore

/// An EGL display from one `eglInitialize` to the `eglTerminate` that ends all its contexts. We
/// never terminate one; another part of the program may.
final class DisplayLife: Sendable {
  private let over = Atomic<Bool>(false)
  private static let latest = Lock<[UInt: DisplayLife]>([:])

  private init() {}

  /// The life of the display at `address`: a new one where it is found not initialised, which it
  /// was before.
  static func of(_ address: UInt, isInitialized: Bool) -> DisplayLife {
    latest.withLock { latest in
      if let known = latest[address] {
        if isInitialized, !known.isOver { return known }
        known.end()
      }
      let next = DisplayLife()
      latest[address] = next
      return next
    }
  }

  /// The display was terminated: addresses of its contexts may be others' by now.
  var isOver: Bool { over.load(ordering: .relaxed) }

  func end() { over.store(true, ordering: .relaxed) }
}
