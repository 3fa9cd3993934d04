public import CZCGPU
import ZCContext
import ZCCore
import ZCGL
import ZCPipeline
import ZCVideo

@c @implementation
public func zcg_renderer_create(
  _ context: zcg_context, _ renderer: UnsafeMutablePointer<zcg_renderer>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let renderer = try unsafe renderer.required("renderer")
    let object: GPUContext = try Handles.contexts.object(context.bits)
    unsafe renderer.pointee.bits = try Handles.renderers.insert(Renderer(object))
  }
}

@c @implementation
public func zcg_renderer_destroy(
  _ renderer: UnsafeMutablePointer<zcg_renderer>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let renderer = try unsafe renderer.required("renderer")
    try unsafe Handles.renderers.remove(&renderer.pointee.bits)
  }
}

@c @implementation
public func zcg_renderer_draw(
  _ renderer: zcg_renderer, _ frame: zcg_frame, _ options: UnsafePointer<zcg_draw_options>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    try unsafe draw(with: renderer, options) { (renderer, request) throws(ZCError) in
      let picture: Frame = try renderer.handed { () throws(ZCError) in
        guard frame.bits != 0 else { throw .closed("this frame is closed") }
        return try Handles.frames.object(frame.bits)
      }
      try renderer.draw(picture, request)
    }
  }
}

@c @implementation
public func zcg_renderer_draw_video(
  _ renderer: zcg_renderer, _ frame: zcg_video_frame, _ options: UnsafePointer<zcg_draw_options>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    try unsafe draw(with: renderer, options) { (renderer, request) throws(ZCError) in
      let picture: VideoFrame = try renderer.handed { () throws(ZCError) in
        guard frame.bits != 0 else { throw .closed("this video frame is closed") }
        return try Handles.videoFrames.object(frame.bits)
      }
      try renderer.draw(picture, request)
    }
  }
}

@c @implementation
public func zcg_renderer_get_statistics(
  _ renderer: zcg_renderer, _ statistics: UnsafeMutablePointer<zcg_renderer_statistics>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let statistics = try unsafe statistics.required("statistics")
    let object: Renderer = try Handles.renderers.object(renderer.bits)
    try unsafe checkSize(statistics.pointee.struct_size, of: zcg_renderer_statistics.self)
    let counts = object.counts
    unsafe statistics.pointee.drawn = UInt64(clamping: counts.drawn)
    unsafe statistics.pointee.dropped = UInt64(clamping: counts.dropped)
    unsafe statistics.pointee.failed = UInt64(clamping: counts.failed)
    unsafe statistics.pointee.fallbacks = UInt64(clamping: counts.fallbacks)
  }
}

private func draw<Drawn>(
  with renderer: zcg_renderer, _ options: UnsafePointer<zcg_draw_options>?,
  _ draw: (Renderer, Renderer.Request) throws(ZCError) -> Drawn
) throws(ZCError) -> Drawn {
  let options = try unsafe options.required("options")
  let object: Renderer = try Handles.renderers.object(renderer.bits)
  return try draw(object, try unsafe Renderer.Request(options.pointee))
}

extension Renderer.Request {
  init(_ block: zcg_draw_options) throws(ZCError) {
    try checkSize(block.struct_size, of: zcg_draw_options.self)
    self.init()
    fit = try Fit(block.fit)
    if block.has_viewport != 0 {
      guard block.width >= 0, block.height >= 0 else {
        throw .badSize(
          "a viewport of \(block.width) x \(block.height): 0 or more pixels each way")
      }
      viewport = Viewport(x: block.x, y: block.y, width: block.width, height: block.height)
    }
    if block.has_background != 0 {
      let (r, g, b, a) = block.background
      guard [r, g, b, a].allSatisfy(\.isFinite) else {
        throw .invalidArgument("a background is four numbers from 0 to 1")
      }
      background = SIMD4(Float(r), Float(g), Float(b), Float(a))
    }
    guard block.sample_aspect != 0 else { return }
    guard block.sample_aspect.isFinite, block.sample_aspect > 0 else {
      throw .invalidArgument("a sample aspect is a number above 0, not \(block.sample_aspect)")
    }
    sampleAspect = block.sample_aspect
  }
}

extension Fit {
  init(_ fit: zcg_fit) throws(ZCError) {
    switch fit {
    case ZCG_FIT_CONTAIN: self = .contain
    case ZCG_FIT_COVER: self = .cover
    case ZCG_FIT_STRETCH: self = .stretch
    default: throw .invalidArgument("there is no fit \(fit.rawValue)")
    }
  }
}
