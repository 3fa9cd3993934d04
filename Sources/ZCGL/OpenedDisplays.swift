import CGLES
import Glibc
import Synchronization
import ZCCore

/// The displays that this process and those it was forked from have opened.
///
/// What a driver opened before a fork is no use after it: its threads did not come along. A
/// software driver's other displays share nothing with that; hardware drivers may.
package enum OpenedDisplays {
  private struct Opening: Sendable {
    let epoch: ForkEpoch
    var isSoftware: Bool
  }

  private struct Record: Sendable {
    var openings: [UInt: Opening] = [:]
    /// The forked process that was found fit for displays of its own.
    var fit: ForkEpoch?
  }

  private static let record = Lock(Record())
  /// Whether the thread that forked had a context current. A child cannot ask: EGL forgets it there,
  /// and the driver does not.
  private static let wasCurrent = Atomic<Bool>(false)

  /// What is registered last is called first at exit: whether a driver may have come after us.
  private static let driversEndFirst = Atomic<Bool>(false)

  /// From now on each fork is looked at, on the thread that forks.
  package static let watchForks: Void = {
    pthread_atfork(
      {
        guard let library = EGLLibrary.known else { return }
        let isCurrent = unsafe library.getCurrentContext() != nil
        wasCurrent.store(isCurrent, ordering: .relaxed)
        endForksFirst()
      }, nil, nil)
  }()

  /// Throws `forked` where this process cannot have a display of its own.
  static func checkProcess(_ library: EGLLibrary) throws(ZCError) {
    guard library.isFromBeforeFork else { return }
    // First of all: a thread that the fork cut off may hold the lock.
    if DriverWork.wasCutByFork {
      throw refusal("another thread was using the GPU at that moment")
    }
    let isCurrent = wasCurrent.load(ordering: .relaxed)
    let isFit = record.withLock { record -> Bool? in
      if record.fit?.isCurrent ?? false { return true }
      let old = record.openings.values
      guard old.allSatisfy({ $0.isSoftware || $0.epoch.isCurrent }) else { return nil }
      guard !isCurrent else { return false }
      record.fit = .current
      return true
    }
    guard let isFit else { throw refusal("a driver of real hardware was in use") }
    guard isFit else { throw refusal("a GL context was current on the thread that forked") }
  }

  /// Whether somebody opened the display before the fork.
  static func isInherited(_ display: UnsafeMutableRawPointer, _ library: EGLLibrary) -> Bool {
    guard library.isFromBeforeFork else { return false }
    let known = record.withLock { $0.openings[UInt(bitPattern: display)] }
    if let known { return !known.epoch.isCurrent }
    return unsafe library.queryString(display, EGL_VERSION) != nil
  }

  /// The display is open now; of a driver that may be hardware's.
  static func note(_ display: UnsafeMutableRawPointer, _ library: EGLLibrary) {
    let word = UInt(bitPattern: display)
    record.withLock { record in
      if record.openings[word] == nil {
        record.openings[word] = Opening(epoch: .current, isSoftware: false)
      }
    }
    noteContext()
  }

  /// A driver has made something, and may want to be told of the process's exit.
  static func noteContext() { driversEndFirst.store(true, ordering: .relaxed) }

  /// At exit drivers wait for their threads. In a forked child those are no more, and on their stacks
  /// there are threads of the child's own, or nothing: it ends without them.
  private static func endForksFirst() {
    guard driversEndFirst.exchange(false, ordering: .relaxed) else { return }
    _ = unsafe on_exit(
      { status, _ in
        guard let library = EGLLibrary.known, library.isFromBeforeFork else { return }
        fflush(nil)
        _exit(status)
      }, nil)
  }

  /// The display's driver draws on the CPU.
  static func noteSoftware(_ display: UnsafeMutableRawPointer) {
    let word = UInt(bitPattern: display)
    record.withLock { $0.openings[word]?.isSoftware = true }
  }

  static func refusal(_ reason: String) -> ZCError {
    .forked(
      "it cannot have a context of its own, since \(reason); start it afresh "
        + "(multiprocessing: 'spawn'), or fork before the first context")
  }
}
