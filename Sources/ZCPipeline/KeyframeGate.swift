/// Keeps what cannot be decoded from a decoder: nothing passes until the first keyframe after a
/// discontinuity.
package struct KeyframeGate: Hashable, Sendable {
  package private(set) var isClosed = true

  package init() {}

  /// Whether a packet may go to the decoder.
  package mutating func admits(isKey: Bool) -> Bool {
    if isKey { isClosed = false }
    return !isClosed
  }

  /// The packets that come next do not follow those before.
  package mutating func close() { isClosed = true }
}
