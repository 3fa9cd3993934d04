internal import ZCCore

/// Reading IMPORTED: an object of named pictures, or an array of pictures with a NAME.
extension ImportDescription {
  private static let faces = "right, left, top, bottom, front and back"

  /// All entries, in order; their names are added to `names`.
  static func all(
    _ header: HeaderObject, _ names: inout HeaderNames
  ) throws(ZCError) -> [ImportDescription] {
    var imports: [ImportDescription] = []
    for (key, object) in try header.entries("IMPORTED", what: "an object with a PATH") {
      let entry = try ImportDescription(object, key: key)
      try names.add(import: entry.name, in: object)
      imports.append(entry)
    }
    try header.refuse(beyond: HeaderLimit.imports, imports.count, "IMPORTED")
    return imports
  }

  /// A NAME inside the entry counts before the entry's own.
  private init(_ object: HeaderObject, key: String?) throws(ZCError) {
    guard let name = try object.string("NAME") ?? key, !name.isEmpty else {
      throw object.refusal("an imported picture without a NAME", at: "NAME")
    }
    if let fault = GLSLWords.fault(inName: name) {
      throw object.refusal(
        "'\(name.brief)' cannot be the name of an imported picture: \(fault)", at: "NAME")
    }
    let paths = try object.strings("PATH") ?? []
    guard !paths.isEmpty, !paths.contains("") else {
      throw object.refusal(
        "the imported picture '\(name.brief)' has no PATH", at: "PATH",
        hint: "a PATH begins at the shader's own folder: { \"PATH\": \"noise.png\" }")
    }
    let isCube = try object.string("TYPE") == "cube" || paths.count == 6
    guard paths.count == (isCube ? 6 : 1) else {
      throw object.refusal(
        "the imported \(isCube ? "cube" : "picture") '\(name.brief)' has \(paths.count) PATHs",
        at: "PATH",
        hint: "a picture has one, a cube (TYPE \"cube\") an array of six: \(Self.faces)")
    }
    self.init(
      name: name, paths: paths, isCube: isCube, line: object.text.line(of: object.offset))
  }
}
