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
    guard road.tries(in: context) else { return .refused(nil) }
    let outcome = Result { () throws(ZCError) in try attempt(in: context) }
    switch outcome {
    case .success(.made): road.presentedImport()
    case .success(.refused): break
    case .failure: road.dropped()
    }
    return try outcome.get()
  }

  /// Shows that the frame needs no copy, and shows nobody the picture.
  /// - Throws: `dmabuf` with the reason where it needs one.
  func prove(in context: GPUContext) throws(ZCError) {
    guard road.tries(in: context) else { throw road.refuse(nil) }
    if case .refused(let refusal) = try attempt(in: context) { throw road.refuse(refusal) }
  }

  private func attempt(in context: GPUContext) throws(ZCError) -> ImportAttempt {
    try read(in: context) { (imported, color, current) throws(ZCError) in
      let size = uprightSize
      let extent = try Extent(
        width: Int64(size.width), height: Int64(size.height), limit: context.maxTextureSize)
      let target = try context.makeTexture(extent, .rgba8, current)
      try imported.draw(color, facts.orientation, into: target.record, in: context, current)
      return target
    }
  }

  /// A plane as it is, drawn from the device's memory into a texture, which outlives the surface.
  func importedPlane(_ number: Int, in context: GPUContext) throws(ZCError) -> ImportAttempt {
    road.enter(context)
    if road.mode == .off { return .refused(.init(.forced, "zero_copy=\"off\"")) }
    return try read(in: context) { (imported, _, current) throws(ZCError) in
      guard !imported.isExternal, imported.planes.indices.contains(number) else {
        throw .dmabuf("the driver has all planes as one external texture, which it converts itself")
      }
      let plane = imported.planes[number]
      guard let format = PixelFormat(plane: plane.fourcc) else {
        throw .dmabuf("no texture holds \(plane.fourcc)")
      }
      let target = try context.makeTexture(plane.extent, format, for: .plane, current)
      let (width, height) = (Int(plane.extent.width), Int(plane.extent.height))
      let (column, row) = Orientation.upright.places(width: width, height: height)
      try context.draw(plane, column: column, row: row, into: target.record, current)
      return target
    }
  }

  /// A texture of what `draw` makes of the device's memory, in the turn of the context.
  private func read(
    in context: GPUContext,
    _ draw: (ImportedSurface, PictureColor, borrowing Current) throws(ZCError) -> Texture
  ) throws(ZCError) -> ImportAttempt {
    try checkProcess()
    guard let picture = try pixels.surface() else {
      return .refused(
        pixels.wasOnDevice ? .init(.poolPressure, "it was moved to memory to make room") : nil)
    }
    if let missing = context.capabilities.importMeans.missing {
      return .refused(.init(.noCapability, missing))
    }
    guard let format = PictureFormat(named: facts.pixelFormat), format == .nv12 || format == .p010
    else { return .refused(.init(.unsupportedFormat, facts.pixelFormat)) }
    let exported = Result { () throws(ZCError) in try picture.exported() }
    guard case .success(let dmabuf) = exported else {
      return .refused(.init(.backendFailure, Self.words(of: exported)))
    }
    let color = PictureColor(
      facts.color, format, isFullByName: PictureFormat.isFullRange(named: facts.pixelFormat),
      width: facts.width, height: facts.height)
    let reading = try GPUReading(of: self)
    let drawn = Result { () throws(ZCError) in
      try Frame(
        of: dmabuf.layout, hints: ImageLayout.Hints(color), keeping: reading,
        keptFor: road.pool, in: context
      ) { (imported, current) throws(ZCError) in try draw(imported, color, current) }
    }
    _ = dmabuf.descriptors
    switch drawn {
    case .success(let frame): return .made(frame)
    case .failure(.dmabuf(let words)): return .refused(.init(.importFailure, words))
    case .failure(let error): throw error
    }
  }

  private static func words<Value>(of failed: Result<Value, ZCError>) -> String {
    if case .failure(let error) = failed { error.description } else { "" }
  }
}

extension PixelFormat {
  /// What holds a plane of a surface.
  fileprivate init?(plane: Fourcc) {
    switch plane {
    case .r8: self = .r8
    case .gr88: self = .rg8
    case .r16: self = .r16
    case .gr1616: self = .rg16
    default: return nil
    }
  }
}

/// The GPU's hold on a frame and on the surface that it reads, which its fence ends.
private final class GPUReading: Sendable {
  private let picture: DecodedPicture?
  private let hold: Hold

  init(of frame: VideoFrame) throws(ZCError) {
    picture = try frame.pixels.surface()
    hold = frame.anotherHold(as: .gpu)
  }
}
