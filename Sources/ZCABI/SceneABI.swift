public import CZCGPU
import ZCContext
import ZCCore
import ZCISF
import ZCRender

@c @implementation
public func zcg_scene_create(
  _ context: zcg_context, _ source: UnsafePointer<zcg_scene_source>?,
  _ scene: UnsafeMutablePointer<zcg_scene>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let source = try unsafe source.required("source")
    let scene = try unsafe scene.required("scene")
    let object: GPUContext = try Handles.contexts.object(context.bits)
    let made = try Scene(unsafe ShaderSource(source.pointee), in: object)
    unsafe scene.pointee.bits = try Handles.scenes.insert(made)
  }
}

@c @implementation
public func zcg_scene_destroy(
  _ scene: UnsafeMutablePointer<zcg_scene>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let scene = try unsafe scene.required("scene")
    try unsafe Handles.scenes.remove(&scene.pointee.bits)
  }
}

@c @implementation
public func zcg_scene_describe(
  _ scene: zcg_scene, _ json: UnsafeMutablePointer<zcg_text>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let json = try unsafe json.required("json")
    let object: Scene = try Handles.scenes.object(scene.bits)
    unsafe json.pointee = try Text.handle(object.report.text)
  }
}

@c @implementation
public func zcg_scene_get_input_count(
  _ scene: zcg_scene, _ count: UnsafeMutablePointer<UInt32>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let count = try unsafe count.required("count")
    let object: Scene = try Handles.scenes.object(scene.bits)
    unsafe count.pointee = UInt32(clamping: object.edition.description.inputs.count)
  }
}

@c @implementation
public func zcg_scene_get_input_name(
  _ scene: zcg_scene, _ input: UInt32, _ name: UnsafeMutablePointer<zcg_text>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let name = try unsafe name.required("name")
    let object: Scene = try Handles.scenes.object(scene.bits)
    unsafe name.pointee = try Text.handle(try object.edition.input(Int(input)).name)
  }
}

@c @implementation
public func zcg_scene_find_input(
  _ scene: zcg_scene, _ name: UnsafePointer<CChar>?, _ length: Int,
  _ input: UnsafeMutablePointer<UInt32>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let input = try unsafe input.required("input")
    let object: Scene = try Handles.scenes.object(scene.bits)
    let name = unsafe String(decoding: bytes(name, length), as: UTF8.self)
    unsafe input.pointee = UInt32(clamping: try object.edition.index(ofInput: name))
  }
}

@c @implementation
public func zcg_scene_is_image_input(
  _ scene: zcg_scene, _ input: UInt32, _ image: UnsafeMutablePointer<Int32>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let image = try unsafe image.required("image")
    let object: Scene = try Handles.scenes.object(scene.bits)
    unsafe image.pointee =
      switch try object.edition.input(Int(input)).kind {
      case .image: 1
      case .cube: 6
      default: 0
      }
  }
}

@c @implementation
public func zcg_scene_reset(_ scene: zcg_scene, _ err: UnsafeMutablePointer<zcg_error>?)
  -> zcg_status
{
  unsafe boundary(err) { () throws(ZCError) in
    let object: Scene = try Handles.scenes.object(scene.bits)
    try object.reset()
  }
}

/// The caller's bytes, copied; none for NULL.
func bytes(_ start: UnsafePointer<CChar>?, _ length: Int) -> [UInt8] {
  guard let start = unsafe start, length > 0 else { return [] }
  return unsafe Array(UnsafeRawBufferPointer(start: start, count: length))
}

extension ShaderSource {
  init(_ block: zcg_scene_source) throws(ZCError) {
    try unsafe checkSize(block.struct_size, of: zcg_scene_source.self)
    func path(_ start: UnsafePointer<CChar>?, _ length: Int) -> String? {
      unsafe start == nil ? nil : String(decoding: bytes(start, length), as: UTF8.self)
    }
    unsafe self.init(
      fragment: bytes(block.fragment, block.fragment_length),
      fragmentPath: path(block.path, block.path_length),
      vertex: block.vertex == nil ? nil : bytes(block.vertex, block.vertex_length),
      vertexPath: path(block.vertex_path, block.vertex_path_length))
  }
}
