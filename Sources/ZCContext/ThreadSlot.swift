import Glibc
import ZCGL

/// What zcgpu has current on one thread. Only that thread touches it.
final class ThreadSlot {
  /// How many batches this thread is inside of.
  var batches: [ObjectIdentifier] = []
  /// The context that a batch left current here between calls.
  var parked: GPUContext?
  /// How many turns this thread is in, each inside the one before.
  var turns = 0
  /// What the host had current when the outermost batch began, to be put back at its end.
  var host = ThreadBinding.none

  /// Leaves nothing current here, so that another thread may use what was parked.
  func unpark(_ driver: any GLDriver) {
    if driver.isCurrent { driver.rebind(.none) }
    parked = nil
  }

  /// The slot of this thread.
  static var current: ThreadSlot {
    if let known = unsafe pthread_getspecific(key) {
      return unsafe Unmanaged<ThreadSlot>.fromOpaque(known).takeUnretainedValue()
    }
    let slot = ThreadSlot()
    unsafe pthread_setspecific(key, Unmanaged.passRetained(slot).toOpaque())
    return slot
  }

  /// The thread is ending: a parked context becomes free for others.
  private func end() {
    guard let parked else { return }
    unpark(parked.driver)
    parked.turn.unparked()
  }

  private static let key: pthread_key_t = {
    var key: pthread_key_t = 0
    // The one reference that `current` retained is taken back here, on the ending thread.
    unsafe pthread_key_create(&key) { slot in
      guard let slot = unsafe slot else { return }
      unsafe Unmanaged<ThreadSlot>.fromOpaque(slot).takeRetainedValue().end()
    }
    return key
  }()
}
