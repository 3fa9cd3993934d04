import ZCCore

/// Writing the file.
extension ShadertoyConversion {
  /// The ISF file.
  package var text: String { header + remarks + "\n" + opening + main + code }

  private var header: String {
    var members = ["\"ISFVSN\": \"2\""]
    for (key, value) in [("DESCRIPTION", shader.description), ("CREDIT", shader.credit)] {
      if let value, !value.isEmpty { members.append("\"\(key)\": \(JSONText.string(value).text)") }
    }
    members.append("\"CATEGORIES\": [\"Shadertoy\"]")
    if !shader.keywords.isEmpty {
      members.append("\"KEYWORDS\": \(JSONText.array(shader.keywords.map { .string($0) }).text)")
    }
    members.append(Self.list("INPUTS", inputs.map(\.declaration) + uniforms.inputs))
    if units.count > 1 {
      let buffers = targets.dropLast().map { target in
        JSONText.object([
          ("TARGET", .string(target)), ("PERSISTENT", .bool(true)), ("FLOAT", .bool(true)),
        ])
      }
      members.append(Self.list("PASSES", buffers + [.object([])]))
    }
    let json = members.joined(separator: ",\n  ")
    // Inside of a string the slash may have a backslash, and the comment must not end there.
    return "/*{\n  \(json.replacing("*/", with: "*\\/"))\n}*/\n"
  }

  private static func list(_ key: String, _ items: [JSONText]) -> String {
    guard !items.isEmpty else { return "\"\(key)\": []" }
    let lines = items.map { "    \($0.text)" }.joined(separator: ",\n")
    return "\"\(key)\": [\n\(lines)\n  ]"
  }

  /// The notes, a line each: a backslash at the end would take the next line in.
  private var remarks: String {
    notes.map { note in
      let line = note.map { $0.isNewline || $0 == "\\" ? " " : String($0) }.joined()
      return "// Note: \(line)\n"
    }.joined()
  }

  private var opening: String {
    let functions = own.dropLast(shared == nil ? 0 : 1).map { names in
      "void \(names["mainImage"] ?? "mainImage")(out vec4 fragColor, in vec2 fragCoord);\n"
    }
    return uniforms.declarations + functions.joined() + "\n"
  }

  private var main: String {
    var text = "void main() {\n\(uniforms.statements)"
    text += "  vec4 color = vec4(0.0, 0.0, 0.0, 1.0);\n"
    for index in units.indices {
      var lines = images[index].sorted { $0.key < $1.key }.map { number, image in
        uniforms.statement(channel: number, image: image.name, image.kind)
      }
      lines.append("\(own[index]["mainImage"] ?? "mainImage")(color, gl_FragCoord.xy);")
      // What the image has for alpha is not shown.
      let isLast = index == units.count - 1
      lines.append("gl_FragColor = \(isLast ? "vec4(color.rgb, 1.0)" : "color");")
      if units.count == 1 {
        text += Self.block(lines, "  ")
      } else {
        text += index == 0 ? "  " : " else "
        text += isLast ? "{\n" : "if (PASSINDEX == \(index)) {\n"
        text += Self.block(lines, "    ") + "  }" + (isLast ? "\n" : "")
      }
    }
    return text + "}\n"
  }

  private static func block(_ lines: [String], _ margin: String) -> String {
    lines.filter { !$0.isEmpty }.map { "\(margin)\($0)\n" }.joined()
  }

  private var code: String {
    var text = ""
    if let shared {
      let names = (own.last ?? [:]).merging(channels(of: 0)) { own, _ in own }
      text += "\n// -- Common --\n" + Self.string(shared, names, textures(of: 0))
    }
    for (index, unit) in units.enumerated() {
      let names = own[index].merging(channels(of: index)) { own, _ in own }
      text += "\n// -- \(shader.passes[index].name) --\n"
      text += Self.string(unit, names, textures(of: index))
      guard index < units.count - 1 else { break }
      for macro in unit.code.macros.sorted() { text += "#undef \(names[macro] ?? macro)\n" }
    }
    return text
  }

  /// An empty line ends each: the one before may end in a backslash.
  private static func string(
    _ unit: ShadertoyUnit, _ names: [String: String], _ textures: Set<String>
  ) -> String {
    String(decoding: unit.text(renaming: names, textures: textures), as: UTF8.self) + "\n\n"
  }

  private func channels(of pass: Int) -> [String: String] {
    Dictionary(images[pass].map { ("iChannel\($0.key)", $0.value.name) }) { one, _ in one }
  }

  private func textures(of pass: Int) -> Set<String> {
    Set(images[pass].filter { $0.value.kind == .image }.map { "iChannel\($0.key)" })
  }
}

extension Shadertoy.Input {
  fileprivate var declaration: JSONText {
    var members: [(String, JSONText)] = [
      ("NAME", .string(name)), ("TYPE", .string(kind == .cube ? "cube" : "image")),
    ]
    if let label, !label.isEmpty { members.append(("LABEL", .string(label))) }
    return .object(members)
  }
}
