/// When decoded frames are shown, one after the other: when the file says, and never before the frame
/// before. One without a time follows a step after that; so does one where the file's clock begins
/// anew, as at the seam of two recordings, and those behind it keep their distances.
package struct PresentationTimes: Sendable {
  /// Beyond these a time is not worth the name: it could not be counted with.
  static let credible = -(Int64(1) << 60)...(Int64(1) << 60)
  /// No codec shows a frame later than so many frames after it was decoded: further back a clock
  /// begins anew.
  private static let longestReordering: Int64 = 16

  /// How far apart frames without times are taken to be, 1 or more.
  private let step: Int64
  /// By how much the file's clock is behind.
  private var lag: Int64 = 0
  /// When the last frame is shown.
  package private(set) var last: Int64?

  package init(step: Int64) { self.step = min(max(1, step), 1 << 40) }

  /// When the next frame is shown.
  package mutating func add(_ stated: Int64?) -> Int64 {
    let time = min(time(stated), Self.credible.upperBound)
    last = time
    return time
  }

  private mutating func time(_ stated: Int64?) -> Int64 {
    guard let stated, Self.credible.contains(stated) else { return last.map { $0 + step } ?? 0 }
    guard let last else { return stated }
    let time = stated + lag
    if time < last - Self.longestReordering * step { lag += last + step - time }
    return max(last, stated + lag)
  }
}
