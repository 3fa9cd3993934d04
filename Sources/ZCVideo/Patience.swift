import Synchronization
import ZCCore

/// How long work on a whole file may go on.
final class Patience: Sendable {
  /// Somebody closes the video.
  private let isOver = Atomic(false)

  func end() { isOver.store(true, ordering: .relaxed) }

  /// Why work is to stop now: `busy` where it goes on in the next call, `closed`. The deadline is
  /// when whoever calls wants to be asked again, of the monotonic clock.
  func interruption(_ deadline: Double?) -> ZCError? {
    guard !isOver.load(ordering: .relaxed) else { return .closed("this video is closed") }
    guard let deadline, MonotonicClock.now > deadline else { return nil }
    return .busy("the whole file is still being read: make the same call again")
  }
}
