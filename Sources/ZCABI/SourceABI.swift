public import CZCGPU
import ZCCore
import ZCISF
import ZCRender

@c @implementation
public func zcg_source_describe(
  _ source: UnsafePointer<zcg_scene_source>?, _ json: UnsafeMutablePointer<zcg_text>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let source = try unsafe source.required("source")
    let json = try unsafe json.required("json")
    let parsed = try ParsedShader(parsing: unsafe ShaderSource(source.pointee))
    unsafe json.pointee = try Text.handle(parsed.report.text)
  }
}

@c @implementation
public func zcg_source_translate(
  _ source: UnsafePointer<zcg_scene_source>?, _ dialect: zcg_dialect,
  _ json: UnsafeMutablePointer<zcg_text>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let source = try unsafe source.required("source")
    let json = try unsafe json.required("json")
    let parsed = try ParsedShader(parsing: unsafe ShaderSource(source.pointee))
    let translation = try Translation(parsed, dialect: Dialect(dialect))
    let report = JSONText.object([
      ("vertex", .string(translation.vertex)), ("fragment", .string(translation.fragment)),
    ])
    unsafe json.pointee = try Text.handle(report.text)
  }
}

@c @implementation
public func zcg_source_check(
  _ source: UnsafePointer<zcg_scene_source>?, _ dialect: zcg_dialect,
  _ json: UnsafeMutablePointer<zcg_text>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let source = try unsafe source.required("source")
    let json = try unsafe json.required("json")
    let parsed = try ParsedShader(parsing: unsafe ShaderSource(source.pointee))
    _ = try Translation(parsed, dialect: Dialect(dialect))
    let warnings = try parsed.warnings()
    unsafe json.pointee = try Text.handle(JSONText.array(warnings.map(\.report)).text)
  }
}

extension SourceIssue {
  fileprivate var report: JSONText {
    .object([
      ("severity", .string(severity.rawValue)), ("code", .string(code)),
      ("message", .string(message)), ("hint", .optional(hint)),
      ("file", .string(path ?? "<source>")), ("line", .integer(line)),
      ("column", .integer(column)), ("end", .integer(end)),
    ])
  }
}

extension Dialect {
  fileprivate init(_ choice: zcg_dialect) throws(ZCError) {
    switch choice {
    case ZCG_DIALECT_AUTO, ZCG_DIALECT_GL: self = .gl450
    case ZCG_DIALECT_ES: self = .es310
    default: throw .invalidArgument("there is no dialect \(choice.rawValue)")
    }
  }
}
