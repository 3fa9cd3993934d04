public import CZCGPU
import ZCContext
import ZCCore
import ZCRender

@c @implementation
public func zcg_scene_copy_target(
  _ scene: zcg_scene, _ name: UnsafePointer<CChar>?, _ length: Int,
  _ frame: UnsafeMutablePointer<zcg_frame>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let frame = try unsafe frame.required("frame")
    let object: Scene = try Handles.scenes.object(scene.bits)
    let name = unsafe String(decoding: bytes(name, length), as: UTF8.self)
    guard let copy = try object.copyTarget(named: name) else {
      unsafe frame.pointee.bits = 0
      return
    }
    unsafe frame.pointee.bits = try Handles.frames.insert(copy)
  }
}
