public import CZCGPU
import ZCContext
import ZCCore
import ZCGL
import ZCPipeline
import ZCVideo

@c @implementation
public func zcg_video_open(
  _ path: UnsafePointer<CChar>?, _ length: Int, _ options: UnsafePointer<zcg_video_options>?,
  _ video: UnsafeMutablePointer<zcg_video>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let video = try unsafe video.required("video")
    let path = try MediaPath(Array(unsafe bytes(path, length)))
    let chosen: VideoOptions =
      if let options = unsafe options {
        try unsafe VideoOptions(options.pointee)
      } else { try VideoOptions() }
    let context = try unsafe Handles.context(named: options?.pointee.context)
    let made = try Video(path, chosen, for: context)
    unsafe video.pointee.bits = try Handles.videos.insert(made)
  }
}

@c @implementation
public func zcg_video_close(_ video: zcg_video, _ err: UnsafeMutablePointer<zcg_error>?)
  -> zcg_status
{
  unsafe boundary(err) { () throws(ZCError) in
    let object: Video = try Handles.videos.object(video.bits)
    object.close()
  }
}

@c @implementation
public func zcg_video_destroy(
  _ video: UnsafeMutablePointer<zcg_video>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let video = try unsafe video.required("video")
    try unsafe Handles.videos.remove(&video.pointee.bits)
  }
}

@c @implementation
public func zcg_video_describe(
  _ video: zcg_video, _ json: UnsafeMutablePointer<zcg_text>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let json = try unsafe json.required("json")
    let object: Video = try Handles.videos.object(video.bits)
    unsafe json.pointee = try Text.handle(object.report.text)
  }
}

@c @implementation
public func zcg_video_report(
  _ video: zcg_video, _ json: UnsafeMutablePointer<zcg_text>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let json = try unsafe json.required("json")
    let object: Video = try Handles.videos.object(video.bits)
    let kind = try object.indexKind
    let report =
      try object.statistics.report + [("index", .optional(kind?.rawValue))] + object.road.report
    unsafe json.pointee = try Text.handle(JSONText.object(report).text)
  }
}

@c @implementation
public func zcg_video_set_patience(
  _ video: zcg_video, _ seconds: Double, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let object: Video = try Handles.videos.object(video.bits)
    guard seconds >= 0, seconds.isFinite else {
      throw .invalidArgument("patience is seconds from 0 on, not \(seconds)")
    }
    object.callerPatience.withLock { $0 = seconds }
  }
}

extension Video {
  fileprivate var patienceOfCaller: Double? {
    let seconds = callerPatience.withLock { $0 }
    return seconds > 0 ? seconds : nil
  }
}

@c @implementation
public func zcg_video_get_frame_count(
  _ video: zcg_video, _ count: UnsafeMutablePointer<Int64>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let count = try unsafe count.required("count")
    let object: Video = try Handles.videos.object(video.bits)
    unsafe count.pointee = Int64(try object.count(within: object.patienceOfCaller))
  }
}

@c @implementation
public func zcg_video_find_frame(
  _ video: zcg_video, _ seconds: Double, _ number: UnsafeMutablePointer<Int64>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let number = try unsafe number.required("number")
    let object: Video = try Handles.videos.object(video.bits)
    unsafe number.pointee = Int64(try object.number(at: seconds, within: object.patienceOfCaller))
  }
}

@c @implementation
public func zcg_video_acquire_frame(
  _ video: zcg_video, _ number: Int64, _ frame: UnsafeMutablePointer<zcg_video_frame>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let frame = try unsafe frame.required("frame")
    let object: Video = try Handles.videos.object(video.bits)
    guard let number = Int(exactly: number), number >= 0 else {
      throw .outOfRange("a video's frames are counted from 0; there is no frame \(number)")
    }
    let found = try object.frame(number, within: object.patienceOfCaller)
    unsafe frame.pointee.bits =
      try found.map { (found) throws(ZCError) in
        try Handles.videoFrames.insert(found)
      } ?? 0
  }
}

extension VideoOptions {
  fileprivate init(_ block: zcg_video_options) throws(ZCError) {
    try unsafe checkSize(block.struct_size, of: zcg_video_options.self)
    let zeroCopy: ZeroCopyState.Mode =
      switch unsafe block.zero_copy {
      case ZCG_ZERO_COPY_AUTO: .automatic
      case ZCG_ZERO_COPY_REQUIRE: .required
      case ZCG_ZERO_COPY_OFF: .off
      default:
        throw .invalidArgument("there is no zero copy \(unsafe block.zero_copy.rawValue)")
      }
    let showsDamage =
      switch unsafe block.damage {
      case ZCG_DAMAGE_ERROR: false
      case ZCG_DAMAGE_SHOW: true
      default: throw .invalidArgument("there is no damage \(unsafe block.damage.rawValue)")
      }
    let device = unsafe String(decoding: bytes(block.device, block.device_length), as: UTF8.self)
    let budget = unsafe block.lease_budget
    let context = unsafe block.context
    try unsafe self.init(
      backend: Backend(block.backend), device: device.isEmpty ? nil : device,
      leaseBudget: budget == 0 ? 8 : Int(budget), threads: Int(block.threads),
      contextDevice: ContextDevice(context, in: "open_video"), zeroCopy: zeroCopy,
      showsDamage: showsDamage)
  }
}

extension VideoOptions.Backend {
  init(_ backend: zcg_backend) throws(ZCError) {
    switch backend {
    case ZCG_BACKEND_AUTO: self = .automatic
    case ZCG_BACKEND_SOFTWARE: self = .software
    case ZCG_BACKEND_VAAPI: self = .vaapi
    default: throw .invalidArgument("there is no backend \(backend.rawValue)")
    }
  }
}

extension VideoOptions.ContextDevice {
  /// - Throws: as ``Handles/context(named:)``.
  init(_ context: zcg_context, in call: String) throws(ZCError) {
    guard let object = try Handles.context(named: context) else {
      self = .none("no context was given to \(call)")
      return
    }
    let capabilities = object.capabilities
    guard let node = capabilities.renderNode else {
      self = .none("the context's display (\(capabilities.display)) has no render node")
      return
    }
    if let missing = capabilities.importMeans.missing {
      self = .none(missing)
      return
    }
    self = .node(node)
  }
}
