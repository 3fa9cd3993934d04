public import CZCGPU
import ZCContext
import ZCCore
import ZCGL
import ZCRender

@c @implementation
public func zcg_scene_render(
  _ scene: zcg_scene, _ options: UnsafePointer<zcg_render_options>?,
  _ frame: UnsafeMutablePointer<zcg_frame>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let options = try unsafe options.required("options")
    let frame = try unsafe frame.required("frame")
    let object: Scene = try Handles.scenes.object(scene.bits)
    let drawn = try object.render(unsafe RenderRequest(options.pointee))
    unsafe frame.pointee.bits = try Handles.frames.insert(drawn)
  }
}

@c @implementation
public func zcg_scene_render_into(
  _ scene: zcg_scene, _ options: UnsafePointer<zcg_render_options>?,
  _ destination: UnsafePointer<zcg_destination>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let options = try unsafe options.required("options")
    let destination = try unsafe destination.required("destination")
    let object: Scene = try Handles.scenes.object(scene.bits)
    let request = try unsafe RenderRequest(options.pointee)
    let extent = try Extent(
      width: request.width, height: request.height,
      limit: object.context.maxTextureSize)
    try object.render(
      request, into: unsafe Destination(destination.pointee, extent: extent))
  }
}

extension RenderRequest {
  fileprivate init(_ block: zcg_render_options) throws(ZCError) {
    try unsafe checkSize(block.struct_size, of: zcg_render_options.self)
    unsafe self.init(width: block.width, height: block.height, time: block.time)
    if unsafe block.has_time_delta != 0 { timeDelta = unsafe block.time_delta }
    if unsafe block.has_frame_index != 0 { frameIndex = unsafe block.frame_index }
    if unsafe block.has_date != 0 {
      let date = unsafe block.date
      self.date = SIMD4(date.0, date.1, date.2, date.3)
    }
    let pool = unsafe block.pool.bits
    if pool != 0 { self.pool = try Handles.pools.object(pool) }
    guard let values = unsafe block.values else { return }
    for index in 0..<Int(unsafe block.value_count) {
      // The caller says that value_count values lie there.
      let value = unsafe values[index]
      inputs.append(try Offer(value))
    }
  }
}
