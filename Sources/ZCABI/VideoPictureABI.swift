public import CZCGPU
import ZCContext
import ZCCore
import ZCVideo

@c @implementation
public func zcg_video_frame_convert(
  _ frame: zcg_video_frame, _ context: zcg_context, _ picture: UnsafeMutablePointer<zcg_frame>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let picture = try unsafe picture.required("picture")
    let object: VideoFrame = try Handles.videoFrames.object(frame.bits)
    let context: GPUContext = try Handles.contexts.object(context.bits)
    unsafe picture.pointee.bits = try Handles.frames.insert(object.rgb(in: context))
  }
}

@c @implementation
public func zcg_video_frame_read(
  _ frame: zcg_video_frame, _ destination: UnsafePointer<zcg_destination>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let destination = try unsafe destination.required("destination")
    let object: VideoFrame = try Handles.videoFrames.object(frame.bits)
    let size = object.uprightSize
    let extent = try Extent(
      width: Int64(size.width), height: Int64(size.height), limit: Int32(1 << 16),
      of: "a video's picture")
    try object.read(into: unsafe Destination(destination.pointee, extent: extent))
  }
}

@c @implementation
public func zcg_video_frame_upload(
  _ frame: zcg_video_frame, _ plane: Int32, _ context: zcg_context,
  _ texture: UnsafeMutablePointer<zcg_frame>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let texture = try unsafe texture.required("texture")
    let object: VideoFrame = try Handles.videoFrames.object(frame.bits)
    let context: GPUContext = try Handles.contexts.object(context.bits)
    unsafe texture.pointee.bits = try Handles.frames.insert(
      object.texture(ofPlane: Int(plane), in: context))
  }
}

@c @implementation
public func zcg_video_frame_export(
  _ frame: zcg_video_frame, _ dmabuf: UnsafeMutablePointer<zcg_dmabuf>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let dmabuf = try unsafe dmabuf.required("dmabuf")
    let object: VideoFrame = try Handles.videoFrames.object(frame.bits)
    unsafe dmabuf.pointee.bits = try Handles.dmabufs.insert(object.exported())
  }
}
