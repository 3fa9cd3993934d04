import CZCGPU
import ZCContext
import ZCCore
import ZCVideo

/// A caller's hold in a role of its choice: what the handle of a lease names.
final class Leased: Sendable {
  /// A frame on the GPU, or a decoded one; each is a hold of its own.
  enum Held: Sendable {
    case frame(Frame)
    case videoFrame(VideoFrame)
  }

  let held: Held

  init(_ held: Held) { self.held = held }

  var role: Role {
    switch held {
    case .frame(let frame): frame.role
    case .videoFrame(let frame): frame.role
    }
  }

  var noun: zcg_noun {
    switch held {
    case .frame: ZCG_NOUN_FRAME
    case .videoFrame: ZCG_NOUN_VIDEO_FRAME
    }
  }

  var holders: zcg_holders {
    switch held {
    case .frame(let frame): zcg_holders(frame.holders)
    case .videoFrame(let frame): zcg_holders(frame)
    }
  }

  /// What the flight recorder calls it.
  var subject: FlightSubject {
    switch held {
    case .frame(let frame): frame.origin.subject
    case .videoFrame: .unnamed
    }
  }

  /// Another hold in the same role.
  func share() -> Leased {
    switch held {
    case .frame(let frame): Leased(.frame(frame.share(as: role)))
    case .videoFrame(let frame): Leased(.videoFrame(frame.share(as: role)))
    }
  }

  /// Another hold, in another role.
  /// - Throws: `lease` for the role `gpu`, and what the frame throws that cannot be used.
  func lease(as role: Role) throws(ZCError) -> Leased {
    switch held {
    case .frame(let frame): try Leased(.frame(frame.lease(as: role)))
    case .videoFrame(let frame): try Leased(.videoFrame(frame.lease(as: role)))
    }
  }

  /// - Throws: `wrongType` where it holds a video's.
  var frame: Frame {
    get throws(ZCError) {
      guard case .frame(let frame) = held else {
        throw .wrongType("this lease holds a frame of a video, which is not on the GPU")
      }
      return frame
    }
  }

  /// - Throws: `wrongType` where it holds one on the GPU.
  var videoFrame: VideoFrame {
    get throws(ZCError) {
      guard case .videoFrame(let frame) = held else {
        throw .wrongType("this lease holds a frame on the GPU, and none of a video")
      }
      return frame
    }
  }
}
