package import ZCCore
package import ZCISF

extension ParsedShader {
  /// What the text says, as JSON: what `scene.info` shows.
  package var report: JSONText { description.report(header: headerText) }
}

extension Scene {
  /// What the shader's text says, as JSON.
  package var report: JSONText { edition.parsed.report }
}

extension ShaderDescription {
  /// The description as JSON, with the header's own text.
  func report(header: String) -> JSONText {
    .object([
      ("name", .string(name)),
      ("description", .optional(description)),
      ("credit", .optional(credit)),
      ("categories", .array(categories.map { .string($0) })),
      ("keywords", .array(keywords.map { .string($0) })),
      ("isf_version", .optional(isfVersion)),
      ("version", .optional(version)),
      ("kind", .string(kind.rawValue)),
      ("inputs", .array(inputs.map(\.report))),
      ("imports", .array(imports.map(\.report))),
      ("passes", .array(passes.map(\.report))),
      ("header", .string(header)),
    ])
  }
}

extension InputDescription {
  fileprivate var report: JSONText {
    var members: [(String, JSONText)] = [
      ("name", .string(name)), ("type", .string(typeName)), ("label", .optional(label)),
      ("description", .optional(description)),
    ]
    switch kind {
    case .event: members.append(("default", .bool(false)))
    case .bool(let value, let identity):
      members += [
        ("default", .bool(value)), ("identity", identity.map { .bool($0) } ?? .null),
      ]
    case .long(let choices):
      members += [
        ("default", .integer(Int(choices.default))),
        ("identity", choices.identity.map { .integer(Int($0)) } ?? .null),
        ("min", choices.min.map { .integer(Int($0)) } ?? .null),
        ("max", choices.max.map { .integer(Int($0)) } ?? .null),
        ("values", .array(choices.values.map { .integer(Int($0)) })),
        ("labels", .array(choices.labels.map { .string($0) })),
      ]
    case .float(let range):
      members += [
        ("default", .number(range.default)),
        ("identity", range.identity.map { .number($0) } ?? .null),
        ("min", .number(range.min)), ("max", .number(range.max)),
      ]
    case .point2D(let vector), .point3D(let vector), .color(let vector):
      func numbers(_ values: [Double]?) -> JSONText {
        values.map { .array($0.map { .number($0) }) } ?? .null
      }
      members += [
        ("default", numbers(vector.default)), ("identity", numbers(vector.identity)),
        ("min", numbers(vector.min)), ("max", numbers(vector.max)),
      ]
    case .audio(let columns), .audioFFT(let columns):
      members.append(("max", columns.max.map { .integer(Int($0)) } ?? .null))
    case .image, .cube: break
    }
    return .object(members)
  }
}

extension ImportDescription {
  fileprivate var report: JSONText {
    .object([
      ("name", .string(name)), ("type", .string(isCube ? "cube" : "image")),
      ("paths", .array(paths.map { .string($0) })), ("line", .integer(line)),
    ])
  }
}

extension PassDescription {
  fileprivate var report: JSONText {
    .object([
      ("target", .optional(target)),
      ("width", .optional(width?.text)),
      ("height", .optional(height?.text)),
      ("persistent", .bool(isPersistent)),
      ("float", .bool(isFloat)),
    ])
  }
}
