import ZCColor
import ZCContext
import ZCCore
import ZCGL
import ZCPipeline

/// What became of showing a frame in the memory that it was decoded into.
enum ImportAttempt {
  case made(Frame)
  /// It goes by a copy; nil: it is known why.
  case refused(ZeroCopyState.Refusal?)
}

extension VideoFrame {
  /// The picture for display, drawn from the device's memory, where the frame's road allows that.
  /// - Throws: what is no refusal: `contextLost`, `gl`, `outOfMemory`.
  func imported(in context: GPUContext) throws(ZCError) -> ImportAttempt {
    let picture = try pixels.surface()
    let isOnDevice = road.backend.device != nil
    guard road.tries(in: context) else { return .refused(nil) }
    guard let picture else {
      return .refused(
        isOnDevice ? .init(.poolPressure, "it was moved to memory to make room") : nil)
    }
    if let missing = context.capabilities.importMeans.missing {
      return .refused(.init(.noCapability, missing))
    }
    guard let format = PictureFormat(named: facts.pixelFormat), format == .nv12 || format == .p010
    else { return .refused(.init(.unsupportedFormat, facts.pixelFormat)) }
    let exported = Result { () throws(ZCError) in try Exported(picture) }
    switch exported {
    case .failure(let error): return .refused(.init(.backendFailure, error.description))
    case .success(let exported): return try draw(exported, format, in: context)
    }
  }

  private func draw(_ exported: Exported, _ format: PictureFormat, in context: GPUContext)
    throws(ZCError) -> ImportAttempt
  {
    let color = PictureColor(
      facts.color, format, isFullByName: PictureFormat.isFullRange(named: facts.pixelFormat),
      width: facts.width, height: facts.height)
    let reading = try GPUReading(of: self)
    let drawn = Result { () throws(ZCError) in
      try Frame(
        of: exported.layout, color, facts.orientation, keeping: reading,
        keptFor: road.pool(in: context), in: context)
    }
    switch drawn {
    case .success(let frame):
      road.presentedImport()
      return .made(frame)
    case .failure(.dmabuf(let words)): return .refused(.init(.importFailure, words))
    case .failure(let error):
      road.dropped()
      throw error
    }
  }
}

/// A picture's memory as others see it, while this lives.
private final class Exported: Sendable {
  let layout: SurfaceLayout
  private let descriptors: Descriptors

  init(_ picture: borrowing DecodedPicture) throws(ZCError) {
    let exported = try picture.exported()
    layout = exported.layout
    descriptors = exported.descriptors
  }
}

/// The GPU's hold on a frame and on the surface that it reads, which its fence ends.
private final class GPUReading: Sendable {
  private let picture: DecodedPicture?
  private let hold: Hold<Picture>

  init(of frame: VideoFrame) throws(ZCError) {
    picture = try frame.pixels.surface()
    hold = frame.anotherHold(as: .gpu)
  }
}
