public import CZCGPU
import ZCContext
import ZCCore

@c @implementation
public func zcg_cube_create(
  _ context: zcg_context, _ faces: UnsafePointer<zcg_cube_faces>?,
  _ cube: UnsafeMutablePointer<zcg_frame>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let faces = try unsafe faces.required("faces")
    let cube = try unsafe cube.required("cube")
    try unsafe checkSize(faces.pointee.struct_size, of: zcg_cube_faces.self)
    let object: GPUContext = try Handles.contexts.object(context.bits)
    let listed = unsafe faces.pointee.face
    var frames: [Frame] = []
    for face in [listed.0, listed.1, listed.2, listed.3, listed.4, listed.5] {
      frames.append(try Handles.frames.object(face.bits))
    }
    unsafe cube.pointee.bits = try Handles.frames.insert(Frame(cubeOf: frames, in: object))
  }
}
