package import ZCCore

/// A decoded frame: one hold on the lease of a picture. Immutable; outlives its video and file.
///
/// Thread-safety: any thread may call anything here.
package final class VideoFrame: Sendable {
  package let facts: VideoFrameFacts
  private let hold: Hold<Picture>
  private let memory: PictureMemory
  private let epoch: ForkEpoch

  private init(
    _ facts: VideoFrameFacts, _ hold: consuming Hold<Picture>, _ memory: PictureMemory,
    _ epoch: ForkEpoch
  ) {
    self.facts = facts
    self.hold = hold
    self.memory = memory
    self.epoch = epoch
  }

  /// A frame that owns a picture.
  convenience init(
    _ picture: consuming DecodedPicture, _ facts: VideoFrameFacts, as role: Role = .presenter
  ) throws(ZCError) {
    let memory = try PictureMemory(picture)
    let hold = Lease.open(Picture(memory: memory), as: role, in: .first) { picture in
      _ = consume picture
    }
    self.init(facts, hold, memory, ForkEpoch.current)
  }

  package var role: Role { hold.role }
  /// How many holds each role has.
  package var roles: RoleLedger { hold.lease.roles }
  /// How many views look at its planes; a view outlives the holds.
  package var viewCount: Int { memory.viewCount }
  package var planeCount: Int { memory.planes.count }
  package var byteCount: Int { memory.byteCount }

  /// Another hold on the same picture.
  package func share(as role: Role) -> VideoFrame {
    VideoFrame(facts, hold.duplicate(as: role), memory, epoch)
  }

  /// The planes in memory.
  /// - Throws: `forked` in a child of a fork.
  package func mapped() throws(ZCError) -> PictureMemory {
    guard epoch.isCurrent else { throw .inheritedVideo }
    return memory
  }

  /// A look at a plane, which outlives the frame.
  /// - Throws: `outOfRange` for a plane that it does not have; `forked`.
  package func view(ofPlane plane: Int) throws(ZCError) -> PlaneView {
    try PlaneView(plane, of: mapped())
  }
}

/// What the lease of a frame owns.
struct Picture: ~Copyable, Sendable {
  let memory: PictureMemory
}

extension ZCError {
  /// A video or a frame of one is used after a fork.
  static let inheritedVideo = ZCError.forked(
    "decoders do not survive it either; open the video again in this process")
}
