import ZCCore

/// The frames of a video that may lie in a device's memory, the oldest first: so that room can be
/// made for the decoder. It keeps none of them.
struct LentPictures {
  private struct Lent {
    weak var pixels: PicturePixels?
    weak var lease: Lease?

    /// Beside the GPU.
    var isHeldBySomebody: Bool {
      guard let roles = lease?.roles else { return false }
      return Role.allCases.contains { $0 != .gpu && roles[$0] > 0 }
    }
  }

  private var all: [Lent] = []

  mutating func add(_ frame: VideoFrame) {
    guard frame.isOnDevice || !Guards.keep(.pictures) else { return }
    all.removeAll { $0.pixels == nil }
    all.append(Lent(pixels: frame.pixels, lease: frame.lease))
  }

  /// Moves the oldest one that can be moved to memory, where copies are allowed.
  /// - Throws: `poolExhausted`, with who holds what, where there is none.
  mutating func makeRoom(_ exhausted: ZCError, allowsCopies: Bool) throws(ZCError) {
    var refusal: String?
    for lent in all where allowsCopies {
      // What the GPU alone still reads is not freed by a copy, but by its fence.
      guard lent.isHeldBySomebody, let pixels = lent.pixels else { continue }
      switch Result(catching: { () throws(ZCError) in try pixels.moveToMemory() }) {
      case .success(true): return
      case .success(false): continue
      case .failure(let error): refusal = error.description
      }
    }
    if !allowsCopies { refusal = "zero_copy=\"require\" allows no copy" }
    throw .poolExhausted(Self.message(exhausted, holders, refusal))
  }

  /// See ``PicturePixels/revoke()``.
  func revoke() {
    for lent in all { lent.pixels?.revoke() }
  }

  /// How many holds each role has on frames in the device's memory.
  private var holders: String {
    var counts: [Role: Int] = [:]
    for lent in all {
      guard lent.pixels?.isOnDevice == true, let roles = lent.lease?.roles else { continue }
      for role in Role.allCases where roles[role] > 0 {
        counts[role, default: 0] += Int(roles[role])
      }
    }
    let named = Role.allCases.compactMap { role in counts[role].map { "\($0) by \(role)" } }
    return named.isEmpty ? "by views and by the GPU" : named.joined(separator: ", ")
  }

  private static func message(_ exhausted: ZCError, _ holders: String, _ refusal: String?)
    -> String
  {
    var text = exhausted.description
    text += "; frames are held: \(holders); none could be moved to memory"
    if let refusal { text += " (\(refusal))" }
    return text + "; close frames, or open the video with a larger lease_budget"
  }
}
