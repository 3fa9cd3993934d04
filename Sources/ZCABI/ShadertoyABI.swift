public import CZCGPU
import ZCCore
import ZCISF
import ZCRender

@c @implementation
public func zcg_source_convert_shadertoy(
  _ source: UnsafePointer<zcg_scene_source>?, _ json: UnsafeMutablePointer<zcg_text>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let source = try unsafe source.required("source")
    let json = try unsafe json.required("json")
    let document = try unsafe ShaderSource(source.pointee)
    let conversion = try ShadertoyConversion(
      try Shadertoy(document: document.fragment, path: document.fragmentPath))
    let report = JSONText.object([
      ("text", .string(conversion.text)),
      ("notes", .array(conversion.notes.map { .string($0) })),
    ])
    unsafe json.pointee = try Text.handle(report.text)
  }
}
