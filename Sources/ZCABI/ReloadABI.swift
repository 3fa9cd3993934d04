public import CZCGPU
import ZCContext
import ZCCore
import ZCISF
import ZCRender

@c @implementation
public func zcg_scene_reload(
  _ scene: zcg_scene, _ source: UnsafePointer<zcg_scene_source>?,
  _ pictures: UnsafePointer<zcg_frame>?, _ pictureCount: UInt32,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let source = try unsafe source.required("source")
    let object: Scene = try Handles.scenes.object(scene.bits)
    var frames: [Frame] = []
    if pictureCount > 0 {
      let pictures = try unsafe pictures.required("pictures")
      // The caller says that picture_count handles lie there.
      for index in 0..<Int(pictureCount) {
        frames.append(try Handles.frames.object(unsafe pictures[index].bits))
      }
    }
    try object.reload(unsafe ShaderSource(source.pointee), pictures: frames)
  }
}

@c @implementation
public func zcg_scene_get_edition(
  _ scene: zcg_scene, _ edition: UnsafeMutablePointer<UInt32>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let edition = try unsafe edition.required("edition")
    let object: Scene = try Handles.scenes.object(scene.bits)
    unsafe edition.pointee = object.edition.number
  }
}
