package import ZCCore

/// What a decoder has to say.
package enum DecodeOutcome: Sendable {
  /// A frame, held in the role `decoder`.
  case frame(VideoFrame)
  case failure(ZCError)
  /// Nothing comes any more.
  case end

  /// Whether it is neither a failure nor the end.
  var isFrame: Bool {
    if case .frame = self { true } else { false }
  }
}
