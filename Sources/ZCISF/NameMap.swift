/// The names a header brings into the GLSL, and what they are called there.
struct NameMap: Sendable {
  /// Inputs, imports and targets.
  private let headerNames: Set<String>
  /// Every name that the prelude declares or defines.
  let taken: Set<String>
  /// Those of them that are macros.
  let macros: Set<String>
  /// Names of functions that an input of that name would hide.
  private let functions: Set<String>

  /// `functions` are the author's own.
  init(_ description: ShaderDescription, functions: Set<String>) {
    self.functions = functions.union(GLSLWords.builtInFunctions)
    let samplers = description.samplers.map(\.name)
    headerNames = Set(description.inputs.map(\.name)).union(samplers)
    let companions = samplers.flatMap(Self.companions)
    taken = GLSLWords.builtIns.union(headerNames).union(companions)
    macros = Set(companions + ["isf_FragCoord", "vv_FragNormCoord", "vv_vertShaderInit"])
  }

  /// What a word that GLSL has taken is called instead.
  static func substitute(for word: String) -> String { "isf_\(word)" }

  /// What an author's function that hides a built-in is called instead.
  func substitute(forFunction word: String) -> String {
    isInHeader(word) ? "isf_own_\(word)" : Self.substitute(for: word)
  }

  /// The word that a driver's message means by `name`, where it is one of ours.
  static func original(of name: String) -> String? {
    if name == "isf_FragColor" { return "gl_FragColor" }
    if name == "isf_FragData" { return "gl_FragData" }
    guard name.hasPrefix("isf_") else { return nil }
    let word = String(name.dropFirst(name.hasPrefix("isf_own_") ? 8 : 4))
    return GLSLWords.formerNames.contains(word) || GLSLWords.builtInFunctions.contains(word)
      || word == "main" || word.hasPrefix("IMG_") ? word : nil
  }

  func uniformName(of name: String) -> String {
    renames(name) || renamesUncalled(name) ? Self.substitute(for: name) : name
  }

  /// The word names an input or target, and is reserved by today's GLSL.
  func renames(_ word: String) -> Bool {
    headerNames.contains(word) && GLSLWords.formerNames.contains(word)
  }

  /// The word names an input or target, and hides a function where it is not called.
  func renamesUncalled(_ word: String) -> Bool {
    headerNames.contains(word) && functions.contains(word)
  }

  /// An input or target has this name.
  func isInHeader(_ name: String) -> Bool { headerNames.contains(name) }

  /// The names that go with an image.
  static func companions(of image: String) -> [String] {
    ["_\(image)_imgRect", "_\(image)_imgSize", "_\(image)_flip"]
  }
}
