import CFlight
import Glibc

/// The flight recorder: what this process did last, in a file that outlives it.
///
/// Thread-safety: any thread may call anything here.
package enum FlightRecorder {
  /// How many events are kept where nobody says: 4 MiB.
  package static let defaultEvents = 65536

  private final class Place: Sendable {
    let path = Lock<String?>(nil)
  }
  private static let place = PerProcess { Place() }

  /// The file that is recorded to.
  package static var path: String? { place.current.path.withLock { $0 } }

  /// Records to a new file from now on, whatever was recorded to before.
  ///
  /// - Parameters:
  ///   - path: its place; `%p` stands for the process's number. A recording that is there and
  ///     whose process has ended is replaced.
  ///   - events: the room there is, in the last events; at least half as many are kept.
  /// - Throws: `output`, `invalidArgument`; nothing is recorded then.
  package static func start(_ path: String, events: Int) throws(ZCError) {
    guard (1...1 << ZCF_LARGEST).contains(events) else {
      throw .invalidArgument(
        "events is how many to keep, 1 to \(1 << ZCF_LARGEST), not \(events)")
    }
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw .invalidArgument("the path of a flight recording is not empty and holds no NUL")
    }
    let path = path.replacing("%p", with: "\(getpid())")
    try place.current.path.withLock { (current) throws(ZCError) in
      try RecordingFile.check(path)
      zcf_end()
      current = nil
      try RecordingFile.make(path, log2Capacity: log2(of: events))
      unsafe zcf_begin(path)
      current = path
    }
  }

  /// Ends the recording; the file stays. Fine where there is none.
  package static func stop() {
    place.current.path.withLock { path in
      zcf_end()
      path = nil
    }
  }

  private static func log2(of events: Int) -> UInt32 {
    let smallest = max(events, 64)
    return UInt32(Int.bitWidth - (smallest - 1).leadingZeroBitCount)
  }
}
