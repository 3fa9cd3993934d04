package import ZCContext
package import ZCCore

extension Video: MovingPicture {
  /// The frame that is shown at a time, upright; the first one before it, and the last one after.
  ///
  /// What was made last is kept until the video is closed, as long as its context is in the same
  /// generation: a second look at the same frame decodes and uploads nothing.
  package func frame(at seconds: Double, in context: GPUContext) throws(ZCError) -> Frame {
    guard seconds.isFinite else { throw .invalidArgument("a time is seconds, not \(seconds)") }
    let number = try nearest(to: seconds)
    if let kept = shown.frame(number, in: context) { return kept }
    guard let decoded = try frame(number) else {
      throw .media("\(path.name): there is no frame \(number)")
    }
    let frame = try decoded.rgb(in: context)
    shown.keep(frame.share(as: .cache), number)
    return frame
  }

  /// The number of the frame that is shown at a time, or of the one that is nearest.
  private func nearest(to seconds: Double) throws(ZCError) -> Int {
    guard seconds > 0 else { return 0 }
    do throws(ZCError) {
      return try number(at: seconds)
    } catch .outOfRange {
      return max(0, try count() - 1)
    }
  }
}

/// The picture that a video's frame became last.
final class ShownFrame: Sendable {
  private let kept = Lock<(number: Int, frame: Frame)?>(nil)

  /// The picture of that frame, where it is kept and good in that context.
  func frame(_ number: Int, in context: GPUContext) -> Frame? {
    let found = kept.withLock { kept in kept?.number == number ? kept?.frame : nil }
    guard let found, found.context === context, found.isUsable else { return nil }
    return found.share(as: .presenter)
  }

  func keep(_ frame: Frame, _ number: Int) {
    let old = kept.withLock { kept in
      defer { kept = (number, frame) }
      return kept
    }
    _ = consume old
  }

  func forget() {
    let old = kept.withLock { kept in
      defer { kept = nil }
      return kept
    }
    _ = consume old
  }
}
