/// Names that nothing else has in any of a shader's texts.
struct ShadertoyNames: Sendable {
  private var taken: Set<String>

  init(_ units: [ShadertoyUnit]) {
    taken = GLSLWords.keywords.union(GLSLWords.formerNames).union(GLSLWords.hideableFunctions)
      .union(GLSLWords.builtIns).union(ShadertoyUniforms.names)
    // Locals of `main`, and itself.
    taken.formUnion(["main", "color", "i"])
    for unit in units { taken.formUnion(unit.code.mentioned) }
  }

  /// `name`, or with the first number behind it that makes it new.
  mutating func unique(_ name: String) -> String {
    var found = name
    var number = 2
    while !taken.insert(found).inserted {
      found = "\(name)\(number)"
      number += 1
    }
    return found
  }

  /// What each text calls its own globals. At Shadertoy each is alone: here what two declare, or
  /// what would hide a function of GLSL's from the others, is called otherwise in all but the last.
  mutating func own(_ units: [ShadertoyUnit], letters: [String?]) -> [[String: String]] {
    var counts: [String: Int] = [:]
    for unit in units { for name in unit.globals { counts[name, default: 0] += 1 } }
    var own: [[String: String]] = []
    for (unit, letter) in zip(units, letters) {
      var changed: [String: String] = [:]
      for name in unit.globals.sorted() {
        if GLSLWords.isISFs(name) {
          changed[name] = unique("own\(name)\(letter ?? "")")
        } else if let letter,
          counts[name] ?? 0 > 1 || GLSLWords.builtInFunctions.contains(name)
        {
          changed[name] = unique(name + letter)
        }
      }
      own.append(changed)
    }
    return own
  }
}

extension GLSLWords {
  /// ISF declares this, or keeps it for itself.
  fileprivate static func isISFs(_ name: String) -> Bool {
    builtIns.contains(name) || ["isf_", "vv_", "IMG_"].contains { name.hasPrefix($0) }
  }
}
