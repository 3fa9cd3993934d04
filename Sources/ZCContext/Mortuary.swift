import ZCCore
import ZCGL

/// Contexts that were dropped open. They are destroyed by the next call that makes or closes a
/// context, never by a finaliser.
package final class Mortuary: Sendable {
  package static let shared = Mortuary()
  private let waiting = Lock<[any GLDriver]>([])

  private init() {}

  func bring(_ driver: any GLDriver) { waiting.withLock { $0.append(driver) } }

  /// Destroys what waits.
  package func bury() {
    let drivers = waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
    for driver in drivers { driver.destroyContext() }
  }

  /// How many contexts wait.
  package var count: Int { waiting.withLock { $0.count } }
}
