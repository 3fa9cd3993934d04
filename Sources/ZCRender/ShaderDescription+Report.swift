package import ZCCore
package import ZCISF

extension ShaderDescription {
  /// The description as JSON: what `scene.info` shows.
  package var report: JSONText {
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
      ("passes", .array(passes.map(\.report))),
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
    case .bool(let value, _): members.append(("default", .bool(value)))
    case .long(let choices):
      members += [
        ("default", .integer(Int(choices.default))),
        ("min", choices.min.map { .integer(Int($0)) } ?? .null),
        ("max", choices.max.map { .integer(Int($0)) } ?? .null),
        ("values", .array(choices.values.map { .integer(Int($0)) })),
        ("labels", .array(choices.labels.map { .string($0) })),
      ]
    case .float(let range):
      members += [
        ("default", .number(range.default)), ("min", .number(range.min)),
        ("max", .number(range.max)),
      ]
    case .point2D(let vector), .color(let vector):
      func numbers(_ values: [Double]?) -> JSONText {
        values.map { .array($0.map { .number($0) }) } ?? .null
      }
      members += [
        ("default", numbers(vector.default)), ("min", numbers(vector.min)),
        ("max", numbers(vector.max)),
      ]
    case .image: break
    }
    return .object(members)
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
