import CAV
package import ZCColor
package import ZCContext
package import ZCCore
import ZCPipeline

extension VideoFrameFacts {
  package var orientation: Orientation { Orientation(degrees: turn, isMirrored: isMirrored) }
}

extension VideoFrame {
  /// The picture for display, upright, RGBA of a byte each, in a context.
  /// - Throws: `badSize` where it is larger than the driver's textures; `media` for a picture that
  ///   cannot be converted; `dmabuf` where a copy is needed and not allowed; `forked`, and what
  ///   drawing throws.
  package func rgb(in context: GPUContext) throws(ZCError) -> Frame {
    try checkProcess()
    switch try imported(in: context) {
    case .made(let frame): return frame
    case .refused(let refusal):
      if !road.allowsCopies { throw road.refuse(refusal) }
      let frame = try copied(in: context)
      road.presentedCopy(refusal)
      return frame
    }
  }

  private func copied(
    in context: GPUContext,
    by road: Settings.VideoConversion? = Settings.environment.videoConversion
  ) throws(ZCError) -> Frame {
    try withPicture { (picture, color) throws(ZCError) in
      try picture.frame(color, facts.orientation, in: context, by: road)
    }
  }

  /// As ``rgb(in:)``, by the way that asks least of the GPU: converted on the CPU, and uploaded.
  /// - Throws: `error`, where no copy is allowed.
  func fallback(in context: GPUContext, since error: ZCError) throws(ZCError) -> Frame {
    guard road.allowsCopies else { throw error }
    try checkProcess()
    let frame = try copied(in: context, by: .cpu)
    road.presentedCopy(.init(.backendFailure, error.description))
    return frame
  }

  /// A plane in a texture, as coded and not turned: drawn from a device's memory where that can be
  /// imported, else uploaded.
  /// - Throws: `outOfRange` for a plane that there is not; `wrongType` where no texture holds such
  ///   samples; `dmabuf` where a copy in memory is needed and not allowed; `badSize`, `forked`, and
  ///   what uploading throws.
  package func texture(ofPlane plane: Int, in context: GPUContext) throws(ZCError) -> Frame {
    guard let format = pixels.format else {
      throw .wrongType(
        "no texture holds planes of \(facts.pixelFormat); rgb() gives the picture, planes the bytes"
      )
    }
    try format.checkPlane(plane, in: context)
    if pixels.wasOnDevice {
      switch try importedPlane(plane, in: context) {
      case .made(let frame):
        road.countPlane(nil)
        return frame
      case .refused(let refusal):
        if !road.allowsCopies { throw road.refuse(refusal) }
        road.countPlane(refusal)
      }
    }
    let memory = try mapped()
    let picture = try memory.planes(as: format, width: facts.width, height: facts.height)
    return try withExtendedLifetime(memory) { () throws(ZCError) in
      try picture.plane(plane, in: context)
    }
  }

  /// Columns and rows of the picture for display.
  package var uprightSize: (width: Int, height: Int) {
    facts.orientation.swapsSides ? (facts.height, facts.width) : (facts.width, facts.height)
  }

  /// Writes what ``rgb(in:)`` shows to memory, row 0 on top. Calls no driver.
  /// - Throws: `badBuffer` for floats; `media`, `forked`, `outOfMemory`.
  package func read(into destination: Destination) throws(ZCError) {
    guard destination.format == .rgba8 else {
      throw .badBuffer("a video's picture is of uint8, not of float32")
    }
    try withPicture { (picture, color) throws(ZCError) in
      try unsafe picture.writeRGBA(
        color, facts.orientation, rowBytes: Int(destination.rowLength) * 4,
        to: destination.bytes)
    }
  }

  /// The planes, of a format that ZCColor knows, while `body` runs, and their colour.
  private func withPicture<R>(
    _ body: (PicturePlanes, PictureColor) throws(ZCError) -> R
  ) throws(ZCError) -> R {
    var memory = try mapped()
    var stated = facts.color
    let format: PictureFormat
    if let known = pixels.format {
      format = known
    } else {
      format = PictureFormat.standIn(forNamed: facts.pixelFormat)
      (memory, stated) = try memory.converted(to: format)
      // Nothing is done to the range of RGB.
      if PictureFormat.isRGB(named: facts.pixelFormat) { stated.range = facts.color.range }
    }
    let color = PictureColor(
      stated, format, isFullByName: PictureFormat.isFullRange(named: facts.pixelFormat),
      width: facts.width, height: facts.height)
    let picture = try memory.planes(as: format, width: facts.width, height: facts.height)
    return try withExtendedLifetime(memory) { () throws(ZCError) in try body(picture, color) }
  }
}

extension PictureMemory {
  /// The same picture in another format, by libswscale, and what is said of its colour.
  /// - Throws: `media` where libswscale does not know how; `outOfMemory`.
  fileprivate func converted(to format: PictureFormat) throws(ZCError) -> (
    PictureMemory, ColorDescription
  ) {
    let made = try copy(as: format)
    let color = ColorDescription(made.facts.color)
    return (try PictureMemory(made), color)
  }
}
