/// How a pipeline is set up: what the program asked for, else `ZCGPU_PIPELINE`, else the defaults.
package struct PipelineSettings: Hashable, Sendable {
  /// How long after it came the first frame is shown, in seconds.
  package var latency = 0.0
  /// Frames that wait, decoded, to be shown.
  package var ahead = 4
  /// Frames that are kept after they were shown.
  package var cache = 2
  /// Packets that wait to be decoded.
  package var backlog = 64
  /// Seconds before a keyframe is asked for again; the longest wait is 16 times that.
  package var patience = 0.25

  package init() {}

  /// Reads words like `latency=0.05,ahead=8`.
  /// - Returns: what they ask for, and those that ask for nothing there is.
  package static func parse(_ text: String) -> (settings: PipelineSettings, unknown: [String]) {
    var settings = PipelineSettings()
    var unknown: [String] = []
    for word in text.split(whereSeparator: { $0 == "," || $0 == " " }) {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let number = Double(parts[1]),
        settings.set(parts[0], to: number)
      else {
        unknown.append(String(word))
        continue
      }
    }
    return (settings, unknown)
  }

  /// Sets what is named so.
  /// - Returns: false where nothing is, or that is no value for it.
  package mutating func set(_ name: String, to number: Double) -> Bool {
    switch name {
    case "latency": Self.set(&latency, to: number, within: Self.latencies)
    case "ahead": Self.set(&ahead, to: number, within: Self.aheads)
    case "cache": Self.set(&cache, to: number, within: Self.caches)
    case "backlog": Self.set(&backlog, to: number, within: Self.backlogs)
    case "patience": Self.set(&patience, to: number, within: Self.patiences)
    default: false
    }
  }

  package static let latencies = 0.0...60
  package static let aheads = 1...64
  package static let caches = 0...64
  package static let backlogs = 1...4096
  package static let patiences = 0.01...60

  package static let words = "latency, ahead, cache, backlog, patience"

  package var backOff: KeyframeGate.BackOff { .init(first: patience, most: 16 * patience) }

  private static func set(
    _ value: inout Double, to number: Double, within range: ClosedRange<Double>
  ) -> Bool {
    guard range.contains(number) else { return false }
    value = number
    return true
  }

  private static func set(
    _ value: inout Int, to number: Double, within range: ClosedRange<Int>
  ) -> Bool {
    guard let whole = Int(exactly: number), range.contains(whole) else { return false }
    value = whole
    return true
  }
}
