import Glibc
import Synchronization
package import ZCCore

/// Sound in memory: one or more channels of samples, −1…1 at full scale, at one rate.
///
/// Immutable. Thread-safety: any thread may call anything here.
@safe package final class Audio: @unchecked Sendable {  // written once, before it is shared
  /// Samples a second.
  package let rate: Double
  package let channelCount: Int
  /// How many samples each channel has.
  package let count: Int
  /// No other sound of this process has the same; never 0.
  package let serial: UInt64
  /// Channel after channel.
  private let samples: UnsafeMutableBufferPointer<Float>

  private static let serials = Atomic<UInt64>(0)

  /// Copies the caller's samples.
  /// - Throws: `invalidArgument` for one that is no number, `outOfMemory`.
  package init(_ source: SampleSource) throws(ZCError) {
    let bytes = source.channelCount * source.count * MemoryLayout<Float>.stride
    guard let block = unsafe malloc(max(bytes, 1)) else {
      throw .outOfMemory("no memory for \(bytes) bytes of sound")
    }
    unsafe samples = UnsafeMutableBufferPointer(
      start: block.bindMemory(to: Float.self, capacity: source.channelCount * source.count),
      count: source.channelCount * source.count)
    rate = source.rate
    channelCount = source.channelCount
    count = source.count
    serial = Self.serials.add(1, ordering: .relaxed).newValue
    // From here on `deinit` gives the memory back.
    try unsafe source.copy(to: samples)
  }

  deinit { unsafe free(samples.baseAddress) }

  /// What the samples take in memory.
  package var byteCount: Int { unsafe samples.count * MemoryLayout<Float>.stride }

  /// How many samples have been heard at a time in seconds: to the nearest, so that the times of
  /// whole samples are not a rounding error's. At most `beyond` past the end.
  func heard(at time: Double, beyond: Int) -> Int {
    Int(min(max((time * rate).rounded(), 0), Double(count + beyond)))
  }

  /// `span` samples of a channel up to, not including, `end`; silence before the first and after
  /// the last.
  func samples(of channel: Int, upTo end: Int, span: Int) -> [Double] {
    var heard = [Double](repeating: 0, count: span)
    let start = end - span
    let first = max(start, 0)
    let last = min(end, count)
    guard first < last, (0..<channelCount).contains(channel) else { return heard }
    for index in first..<last {
      // Within the channel, as checked above.
      heard[index - start] = unsafe Double(samples[channel * count + index])
    }
    return heard
  }
}
