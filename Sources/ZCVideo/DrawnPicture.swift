import ZCContext
import ZCCore

/// The picture that a decoded frame became last, for whoever draws it again. It keeps no frame.
final class DrawnPicture: Sendable {
  private struct Kept: Sendable {
    /// What is drawn is known by its lease: an address comes again, a lease that lives does not.
    weak var lease: Lease?
    let picture: Frame
  }

  private let kept = Lock<Kept?>(nil)

  /// The picture of that frame, where it is kept and its context still lives in the generation that
  /// made it.
  func picture(of frame: VideoFrame) -> Frame? {
    let found = kept.withLock { kept in kept?.lease === frame.lease ? kept?.picture : nil }
    return found?.isUsable == true ? found : nil
  }

  func keep(_ picture: Frame, of frame: VideoFrame) {
    replace(Kept(lease: frame.lease, picture: picture.share(as: .cache)))
  }

  func forget() { replace(nil) }

  /// What was kept is dropped outside of the lock.
  private func replace(_ next: Kept?) {
    let old = kept.withLock { kept in
      defer { kept = next }
      return kept
    }
    _ = consume old
  }
}
