import Glibc
import ZCCore

/// What TIME, TIMEDELTA, FRAMEINDEX and DATE are for the next frame. A value: a frame that fails
/// leaves the scene's clock where it was.
struct FrameClock: Hashable, Sendable {
  private var previousTime: Double?
  private var nextIndex: Int64 = 0

  /// One frame's uniforms.
  struct Tick: Hashable, Sendable {
    var time: Double
    var timeDelta: Double
    var frameIndex: Int32
    /// nil is now, read only when the shader looks at it.
    var date: SIMD4<Double>?
  }

  /// Moves on by one frame.
  mutating func tick(_ request: RenderRequest) throws(ZCError) -> Tick {
    for (name, seconds) in [("time", request.time), ("time_delta", request.timeDelta ?? 0)] {
      guard Float(seconds).isFinite else {
        throw .invalidArgument(
          "\(name) is seconds, a number that a 32-bit float holds, not \(seconds)")
      }
    }
    if let date = request.date { try Self.check(date) }
    let index = request.frameIndex ?? nextIndex
    guard let frameIndex = Int32(exactly: index), frameIndex >= 0 else {
      throw .invalidArgument("frame_index is 0 to \(Int32.max), not \(index)")
    }
    let delta = request.timeDelta ?? previousTime.map { request.time - $0 } ?? 0
    previousTime = request.time
    nextIndex = frameIndex == .max ? 0 : index &+ 1
    return Tick(
      time: request.time, timeDelta: delta, frameIndex: frameIndex,
      date: request.date)
  }

  private static func check(_ date: SIMD4<Double>) throws(ZCError) {
    let fields: [(name: String, value: Double, range: ClosedRange<Double>)] = [
      ("year", date.x, 0...9999), ("month", date.y, 1...12), ("day", date.z, 1...31),
      ("seconds", date.w, 0...86401),
    ]
    for field in fields where !field.range.contains(field.value) {
      throw .invalidArgument(
        "date: \(field.name) is \(field.range.lowerBound) to \(field.range.upperBound), "
          + "not \(field.value)")
    }
  }

  /// Local year, month (1–12), day, and seconds since midnight.
  static func now() -> SIMD4<Double> {
    var clock = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &clock)
    var local = unsafe tm()
    unsafe localtime_r(&clock.tv_sec, &local)
    let seconds = unsafe Double(local.tm_hour * 3600 + local.tm_min * 60 + local.tm_sec)
    return unsafe SIMD4(
      Double(local.tm_year) + 1900, Double(local.tm_mon) + 1, Double(local.tm_mday),
      seconds + Double(clock.tv_nsec) / 1e9)
  }
}
