import CAV
import Glibc
import ZCCore

/// A descriptor that can be read from while something waits: for `poll`, and for event loops. The
/// corresponding C function is `eventfd`.
struct WakeUp: ~Copyable, Sendable {
  let descriptor: Int32

  init() throws(ZCError) {
    descriptor = eventfd(0, Int32(ZCAV_WAKEUP_FLAGS))
    guard descriptor >= 0 else {
      throw .outOfMemory("the system has no descriptor to wake anybody up by")
    }
  }

  /// Something waits. Never blocks.
  func raise() { _ = eventfd_write(descriptor, 1) }

  /// Nothing waits any more. Never blocks.
  func lower() {
    var count: eventfd_t = 0
    _ = unsafe eventfd_read(descriptor, &count)
  }

  deinit { close(descriptor) }
}
