/// The names a header brings into the GLSL, and what they are called there.
struct NameMap: Sendable {
  /// Inputs, imports and targets.
  private let headerNames: Set<String>
  /// Every name that the prelude declares or defines.
  let taken: Set<String>
  /// Those of them that are macros.
  let macros: Set<String>

  init(_ description: ShaderDescription) {
    let samplers = description.samplers.map(\.name)
    headerNames = Set(description.inputs.map(\.name)).union(samplers)
    let companions = samplers.flatMap(Self.companions)
    taken = GLSLWords.builtIns.union(headerNames).union(companions)
    macros = Set(companions + ["isf_FragCoord", "vv_FragNormCoord", "vv_vertShaderInit"])
  }

  /// What a word that GLSL has taken is called instead.
  static func substitute(for word: String) -> String { "isf_\(word)" }

  /// The word that a driver's message means by `name`, where it is one of ours.
  static func original(of name: String) -> String? {
    if name == "isf_FragColor" { return "gl_FragColor" }
    if name == "isf_FragData" { return "gl_FragData" }
    guard name.hasPrefix("isf_") else { return nil }
    let word = String(name.dropFirst(4))
    return GLSLWords.formerNames.contains(word) || GLSLWords.builtInFunctions.contains(word)
      ? word : nil
  }

  func uniformName(of name: String) -> String {
    renames(name) || GLSLWords.calledFunctions.contains(name) && headerNames.contains(name)
      ? Self.substitute(for: name) : name
  }

  /// The word names an input or target, and is reserved by today's GLSL.
  func renames(_ word: String) -> Bool {
    headerNames.contains(word) && GLSLWords.formerNames.contains(word)
  }

  /// The word names an input or target, and hides a function where it is not called.
  func renamesUncalled(_ word: String) -> Bool {
    headerNames.contains(word) && GLSLWords.calledFunctions.contains(word)
  }

  /// An input or target has this name.
  func isInHeader(_ name: String) -> Bool { headerNames.contains(name) }

  /// The names that go with an image.
  private static func companions(of image: String) -> [String] {
    ["_\(image)_imgRect", "_\(image)_imgSize", "_\(image)_flip"]
  }
}
