package import ZCCore

/// A decoded frame: one hold on the lease of a picture. Immutable; outlives its video and file.
///
/// Thread-safety: any thread may call anything here.
package final class VideoFrame: Sendable {
  package let facts: VideoFrameFacts
  private let hold: Hold
  let pixels: PicturePixels
  package let road: FrameRoad
  private let epoch: ForkEpoch

  private init(
    _ facts: VideoFrameFacts, _ hold: consuming Hold, _ pixels: PicturePixels,
    _ road: FrameRoad, _ epoch: ForkEpoch
  ) {
    self.facts = facts
    self.hold = hold
    self.pixels = pixels
    self.road = road
    self.epoch = epoch
  }

  /// A frame that owns a picture.
  convenience init(
    _ picture: consuming DecodedPicture, _ facts: VideoFrameFacts,
    _ road: FrameRoad = FrameRoad(DecodingBackend(because: nil)), as role: Role = .presenter
  ) throws(ZCError) {
    let pixels = try PicturePixels(picture, road)
    let hold = Lease.open(LentPicture(pixels), as: role, in: .first)
    self.init(facts, hold, pixels, road, ForkEpoch.current)
  }

  package var role: Role { hold.role }
  /// How many holds each role has.
  package var roles: RoleLedger { hold.lease.roles }
  /// How many views look at its planes; a view outlives the holds.
  package var viewCount: Int { pixels.knownMemory?.viewCount ?? 0 }
  package var planeCount: Int { pixels.planeCount }
  /// What its planes take in the process's memory, in bytes.
  package var byteCount: Int { pixels.knownMemory?.byteCount ?? 0 }
  /// Whether its pixels are in a device's memory, where the decoder misses it.
  package var isOnDevice: Bool { pixels.isOnDevice }
  var lease: Lease { hold.lease }

  func anotherHold(as role: Role) -> Hold { hold.duplicate(as: role) }

  /// Another hold on the same picture.
  package func share(as role: Role) -> VideoFrame {
    VideoFrame(facts, hold.duplicate(as: role), pixels, road, epoch)
  }

  /// A hold for a caller, in a role of the caller's choice.
  /// - Throws: `lease` for the role `gpu`; `forked` in a child of a fork.
  package func lease(as role: Role) throws(ZCError) -> VideoFrame {
    try role.checkCallers()
    try checkProcess()
    return share(as: role)
  }

  /// - Throws: `forked` in a child of a fork.
  func checkProcess() throws(ZCError) {
    guard epoch.isCurrent else { throw .inheritedVideo }
  }

  /// The planes in memory; from a device's they are copied, once.
  /// - Throws: `forked` in a child of a fork; `media` where the device fails.
  package func mapped() throws(ZCError) -> PictureMemory {
    try checkProcess()
    return try pixels.memory()
  }

  /// A look at a plane, which outlives the frame.
  /// - Throws: `outOfRange` for a plane that it does not have; `forked`.
  package func view(ofPlane plane: Int) throws(ZCError) -> PlaneView {
    try PlaneView(plane, of: mapped())
  }
}

/// What the lease of a frame owns.
private final class LentPicture: Sendable {
  private let pixels: PicturePixels

  init(_ pixels: PicturePixels) { self.pixels = pixels }

  // Whoever still looks keeps the pixels.
  deinit { if !Guards.keep(.views) || !Guards.keep(.holders) { pixels.revoke() } }
}

extension ZCError {
  /// A video or a frame of one is used after a fork.
  static let inheritedVideo = ZCError.forked(
    "decoders do not survive it either; open the video again in this process")
}
