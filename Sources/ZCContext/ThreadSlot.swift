import Glibc
import ZCCore
import ZCGL

/// What zcgpu has current on one thread. Only that thread touches it.
final class ThreadSlot {
  /// The batches that this thread is inside of.
  var batches: [ObjectIdentifier] = []
  /// The batches of borrowed contexts: in them the host's context stays the current one.
  var borrowedBatches: [ObjectIdentifier] = []
  /// The context that a batch left current here between calls.
  var parked: GPUContext?
  /// How many turns this thread is in, each inside the one before.
  var turns = 0
  /// What the host had current when the outermost batch began, to be put back at its end.
  var host = ThreadBinding.none
  /// A batch has taken `host` away and not put it back yet.
  var isHostAway = false
  private let epoch = ForkEpoch.current

  /// Leaves nothing current here, so that another thread may use what was parked.
  func unpark(_ driver: any GLDriver) {
    DriverWork.begin()
    defer { DriverWork.end() }
    if driver.isCurrent { driver.rebind(.none) }
    parked = nil
  }

  /// Puts back what a batch took away, for a context that is borrowed from the host. What the
  /// host has made current itself meanwhile stays.
  func bringHostBack(with driver: any GLDriver) {
    guard isHostAway else { return }
    isHostAway = false
    let isOurs = parked?.driver.isCurrent ?? false
    if isOurs || driver.currentBinding() == .none { driver.rebind(host) }
    if let parked {
      self.parked = nil
      parked.turn.unparked()
    }
  }

  /// The slot of this thread; after a fork a new one, whatever the old one was inside of.
  static var current: ThreadSlot {
    if let known = unsafe pthread_getspecific(key) {
      let slot = unsafe Unmanaged<ThreadSlot>.fromOpaque(known).takeUnretainedValue()
      if slot.epoch.isCurrent { return slot }
    }
    let slot = ThreadSlot()
    let owned = unsafe Unmanaged.passRetained(slot).toOpaque()
    unsafe pthread_setspecific(key, owned)
    // The third argument names the library that must stay loaded until then: this one.
    _ = unsafe atThreadEnd?(
      farewell, owned, unsafeBitCast(farewell, to: UnsafeMutableRawPointer.self))
    return slot
  }

  /// The thread is ending: a parked context becomes free for others.
  private func end() {
    guard let parked, epoch.isCurrent else { return }
    unpark(parked.driver)
    parked.turn.unparked()
  }

  /// Takes back the one reference that `current` retained, on the ending thread.
  private static let farewell: Farewell = { slot in
    guard let slot = unsafe slot else { return }
    pthread_setspecific(key, nil)
    unsafe Unmanaged<ThreadSlot>.fromOpaque(slot).takeRetainedValue().end()
  }

  private static let key: pthread_key_t = {
    var key: pthread_key_t = 0
    unsafe pthread_key_create(&key, farewell)
    return key
  }()

  private typealias Farewell = @Sendable @convention(c) (UnsafeMutableRawPointer?) -> Void
  private typealias AtThreadEnd =
    @Sendable @convention(c) (Farewell, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?) -> CInt

  /// Destructors of C++'s `thread_local`s run before those of pthread keys, on which drivers hang
  /// what they know of a thread: later, a context can no longer be made not current. Where the
  /// C library has no such thing, the key alone remains.
  private static let atThreadEnd = unsafe dlsym(nil, "__cxa_thread_atexit_impl").map {
    // The type is the one that the C++ ABI for Itanium gives it.
    unsafe unsafeBitCast($0, to: AtThreadEnd.self)
  }
}
