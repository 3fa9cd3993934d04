public import CZCGPU
import ZCContext
import ZCCore
import ZCISF
import ZCRender

@c @implementation
public func zcg_scene_get_import_count(
  _ scene: zcg_scene, _ count: UnsafeMutablePointer<UInt32>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let count = try unsafe count.required("count")
    let object: Scene = try Handles.scenes.object(scene.bits)
    unsafe count.pointee = UInt32(clamping: object.edition.description.imports.count)
  }
}

@c @implementation
public func zcg_scene_set_import(
  _ scene: zcg_scene, _ index: UInt32, _ picture: zcg_frame,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let object: Scene = try Handles.scenes.object(scene.bits)
    try object.setImport(Int(index), to: try Handles.frames.object(picture.bits))
  }
}
