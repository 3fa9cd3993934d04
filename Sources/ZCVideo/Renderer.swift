package import ZCContext
package import ZCCore
package import ZCGL
package import ZCPipeline

/// Draws pictures into the framebuffer that the host of a borrowed context has bound.
///
/// Thread-safety: any thread may call anything here; drawing wants the host's context current.
package final class Renderer: Sendable {
  /// Where and how a picture is drawn.
  package struct Request: Sendable {
    package var fit = Fit.contain
    /// Pixels of the framebuffer from its lower left corner; nil is the host's own viewport.
    package var viewport: Viewport?
    /// What is shown where the picture is not, RGBA from 0 to 1; nil leaves that as it is.
    package var background: SIMD4<Float>?
    /// How many times as wide as high a sample is; nil is what the frame says of itself.
    package var sampleAspect: Double?

    package init() {}
  }

  package struct Counts: Hashable, Sendable {
    package var drawn = 0
    /// Frames that could not be drawn any more: closed, stale, of another context.
    package var dropped = 0
    /// The driver or the host's framebuffer refused.
    package var failed = 0
    /// Decoded frames that the GPU could not bring in or draw, and that were drawn from the CPU.
    package var fallbacks = 0
  }

  package let context: GPUContext
  private let brush = Lock<Brush?>(nil, rank: .drawing)
  /// What it drew last of decoded frames.
  let drawn = DrawnPicture()
  private let tally = Lock(Counts())

  /// - Throws: `invalidArgument` for a context of our own, which has nothing to draw into.
  package init(_ context: GPUContext) throws(ZCError) {
    guard context.isBorrowed else {
      throw .invalidArgument(
        "a renderer draws into a host's framebuffer: borrow its context by "
          + "Context.from_current(). In a context of zcgpu's own a frame is read or saved")
    }
    self.context = context
  }

  package var counts: Counts { tally.withLock { $0 } }

  /// Draws a frame. It is held in the role `renderer` while the call records it, then by the GPU
  /// until the fence behind it.
  /// - Throws: `wrongContext`, `staleGeneration` and their kin for a frame that cannot be drawn;
  ///   `invalidArgument` where what is bound cannot be drawn into.
  package func draw(_ frame: Frame, _ request: Request) throws(ZCError) {
    try counted { () throws(ZCError) in
      try record(frame, request)
      return false
    }
  }

  /// Counts what became of a frame that was to be drawn. `drawing` says whether by the fallback.
  @discardableResult
  package func counted(_ drawing: () throws(ZCError) -> Bool) throws(ZCError) -> Bool {
    let drawing = Result { () throws(ZCError) in try drawing() }
    tally.withLock { $0.note(drawing) }
    return try drawing.get()
  }

  /// What a caller hands over to be drawn, as `find` finds it; a frame that is none any more was
  /// dropped.
  package func handed<F: AnyObject>(_ find: () throws(ZCError) -> F) throws(ZCError) -> F {
    let found = Result { () throws(ZCError) in try find() }
    if case .failure = found { tally.withLock { $0.dropped &+= 1 } }
    return try found.get()
  }

  func record(_ frame: Frame, _ request: Request) throws(ZCError) {
    try check(frame)
    let held = frame.share(as: .renderer)
    try context.withCurrent { (current) throws(ZCError) in
      try draw(held, request, current)
    }
  }

  private func check(_ frame: Frame) throws(ZCError) {
    guard frame.context === context else {
      throw .wrongContext("the frame is of another context than the renderer")
    }
    guard !frame.record.isCube else { throw .wrongType("a cube is no picture to be drawn") }
    try context.check(frame.generation)
  }

  private func draw(
    _ frame: Frame, _ request: Request, _ current: borrowing Current
  ) throws(ZCError) {
    guard frame.generation.isUsable(in: current.generation) else {
      throw .staleGeneration(held: frame.generation, current: current.generation)
    }
    let target = current.gl.boundTarget()
    if let problem = target.problem { throw .invalidArgument("\(problem); bind one to draw into") }
    let room = request.viewport ?? target.viewport
    guard room.width <= target.limit.width, room.height <= target.limit.height else {
      throw .badSize(
        "a viewport of \(room.width) x \(room.height): this driver's are \(target.limit.width) x "
          + "\(target.limit.height) at most")
    }
    // A window that is folded up has no room, and nothing is to be seen.
    guard room.width > 0, room.height > 0 else { return }
    try current.check("earlier work")
    try brush.withLock { (brush) throws(ZCError) in
      if brush?.generation != current.generation { brush = try Brush(in: context, current) }
      try frame.lendToGPU(current)
      brush?.draw(try frame.sampled(current), request, in: room, of: target, current)
    }
    try current.check("drawing a picture into the host's framebuffer")
  }
}

extension Renderer.Counts {
  fileprivate mutating func note(_ drawing: Result<Bool, ZCError>) {
    switch drawing {
    case .success(let isFallback):
      drawn &+= 1
      if isFallback { fallbacks &+= 1 }
    case .failure(.staleGeneration), .failure(.wrongContext), .failure(.closed),
      .failure(.contextLost), .failure(.wrongType):
      dropped &+= 1
    case .failure: failed &+= 1
    }
  }
}
