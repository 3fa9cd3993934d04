public import CZCGPU
import ZCCore
import ZCPipeline
import ZCVideo

@c @implementation
public func zcg_pipeline_create(
  _ options: UnsafePointer<zcg_pipeline_options>?, _ pipeline: UnsafeMutablePointer<zcg_pipeline>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let block = unsafe try options.required("options").pointee
    let pipeline = try unsafe pipeline.required("pipeline")
    try checkSize(block.struct_size, of: zcg_pipeline_options.self)
    var settings = PipelineSettings.wanted
    try settings.choose("ahead", Double(block.ahead))
    if block.cache >= 0 {
      guard settings.set("cache", to: Double(block.cache)) else {
        throw .invalidArgument("cache cannot be \(block.cache)")
      }
    }
    if block.latency >= 0 || block.latency.isNaN {
      guard settings.set("latency", to: block.latency) else {
        throw .invalidArgument("latency cannot be \(block.latency)")
      }
    }
    let made: Pipeline
    if block.decoder.bits != 0 {
      let decoder: PacketDecoder = try Handles.decoders.object(block.decoder.bits)
      made = Pipeline(decoder, settings)
    } else {
      let video: Video = try Handles.videos.object(block.video.bits)
      made = try Pipeline(video, settings)
    }
    unsafe pipeline.pointee.bits = try Handles.pipelines.insert(made)
  }
}

@c @implementation
public func zcg_pipeline_close(_ pipeline: zcg_pipeline, _ err: UnsafeMutablePointer<zcg_error>?)
  -> zcg_status
{
  unsafe boundary(err) { () throws(ZCError) in
    let object: Pipeline = try Handles.pipelines.object(pipeline.bits)
    object.close()
  }
}

@c @implementation
public func zcg_pipeline_destroy(
  _ pipeline: UnsafeMutablePointer<zcg_pipeline>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let pipeline = try unsafe pipeline.required("pipeline")
    try unsafe Handles.pipelines.remove(&pipeline.pointee.bits)
  }
}

@c @implementation
public func zcg_pipeline_show(
  _ pipeline: zcg_pipeline, _ now: Double, _ known: Int64, _ number: UnsafeMutablePointer<Int64>?,
  _ frame: UnsafeMutablePointer<zcg_video_frame>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let number = try unsafe number.required("number")
    let frame = try unsafe frame.required("frame")
    let object: Pipeline = try Handles.pipelines.object(pipeline.bits)
    let showing = try object.frame(at: now)
    unsafe frame.pointee.bits = try handle(showing, known)
    unsafe number.pointee = Int64(showing?.number ?? 0)
  }
}

/// A handle on what is shown; 0 for nothing, and for what the caller knows.
private func handle(_ showing: Pipeline.Showing?, _ known: Int64) throws(ZCError) -> UInt64 {
  guard let showing, Int64(showing.number) != known else { return 0 }
  return try Handles.videoFrames.insert(showing.frame.share(as: .presenter))
}

@c @implementation
public func zcg_pipeline_draw(
  _ pipeline: zcg_pipeline, _ renderer: zcg_renderer, _ now: Double,
  _ options: UnsafePointer<zcg_draw_options>?, _ known: Int64,
  _ number: UnsafeMutablePointer<Int64>?, _ frame: UnsafeMutablePointer<zcg_video_frame>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let options = try unsafe options.required("options")
    let number = try unsafe number.required("number")
    let frame = try unsafe frame.required("frame")
    let object: Pipeline = try Handles.pipelines.object(pipeline.bits)
    let drawing: Renderer = try Handles.renderers.object(renderer.bits)
    let request = try unsafe Renderer.Request(options.pointee)
    let showing = try object.draw(at: now, with: drawing, request)
    unsafe frame.pointee.bits = try handle(showing, known)
    unsafe number.pointee = Int64(showing?.number ?? 0)
  }
}

@c @implementation
public func zcg_pipeline_get_past(
  _ pipeline: zcg_pipeline, _ steps: Int32, _ frame: UnsafeMutablePointer<zcg_video_frame>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let frame = try unsafe frame.required("frame")
    let object: Pipeline = try Handles.pipelines.object(pipeline.bits)
    let found = try object.past(Int(steps))
    unsafe frame.pointee.bits =
      try found.map { (found) throws(ZCError) in
        try Handles.videoFrames.insert(found.share(as: .presenter))
      } ?? 0
  }
}

@c @implementation
public func zcg_pipeline_flush(_ pipeline: zcg_pipeline, _ err: UnsafeMutablePointer<zcg_error>?)
  -> zcg_status
{
  unsafe boundary(err) { () throws(ZCError) in
    let object: Pipeline = try Handles.pipelines.object(pipeline.bits)
    try object.flush()
  }
}

@c @implementation
public func zcg_pipeline_wants_keyframe(
  _ pipeline: zcg_pipeline, _ now: Double, _ wants: UnsafeMutablePointer<Int32>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let wants = try unsafe wants.required("wants")
    let object: Pipeline = try Handles.pipelines.object(pipeline.bits)
    unsafe wants.pointee = try object.asks(at: now) ? 1 : 0
  }
}

@c @implementation
public func zcg_pipeline_get_holders(
  _ pipeline: zcg_pipeline, _ holders: UnsafeMutablePointer<zcg_holders>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let holders = try unsafe holders.required("holders")
    let object: Pipeline = try Handles.pipelines.object(pipeline.bits)
    var counts = zcg_holders()
    for (role, count) in object.roles {
      switch role {
      case .presenter: counts.presenter = UInt32(clamping: count)
      case .cache: counts.cache = UInt32(clamping: count)
      default: break
      }
    }
    unsafe holders.pointee = counts
  }
}

@c @implementation
public func zcg_pipeline_report(
  _ pipeline: zcg_pipeline, _ json: UnsafeMutablePointer<zcg_text>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let json = try unsafe json.required("json")
    let object: Pipeline = try Handles.pipelines.object(pipeline.bits)
    unsafe json.pointee = try Text.handle(try object.report.text)
  }
}
