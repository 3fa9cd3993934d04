/// Numbers that are declared and given no value, outputs and `out` parameters among them: GLSL
/// leaves open what is in them, compilers drop what is reckoned from them, and drivers show what
/// was there before. They start at 0, as in every browser (WebGL 1.0, 4.1).
struct UnsetVariables {
  private static let types: Set<String> = [
    "float", "int", "uint", "bool", "vec2", "vec3", "vec4", "ivec2", "ivec3", "ivec4", "uvec2",
    "uvec3", "uvec4", "bvec2", "bvec3", "bvec4", "mat2", "mat3", "mat4", "mat2x2", "mat2x3",
    "mat2x4", "mat3x2", "mat3x3", "mat3x4", "mat4x2", "mat4x3", "mat4x4",
  ]
  private static let precisions: Set<String> = ["lowp", "mediump", "highp", "precise"]

  private let code: AuthorCode
  private let reader: DeclarationReader
  /// What sets the outputs that are declared so far; nil in vertex shaders.
  private var outputs: String?

  /// `output` is nil in vertex shaders.
  init(_ code: AuthorCode, _ output: FragmentOutput?) {
    self.code = code
    reader = DeclarationReader(code.code)
    outputs = output.map { $0.isOurs ? " \($0.color) = vec4(0);" : "" }
  }

  /// `word` gives an identifier's new name.
  mutating func set(into edits: inout CodeEdits, word: (Int) -> String) {
    var place = 0
    while let token = code.code[safe: place] {
      if let end = endOfMembers(at: place) {
        place = end
        continue
      }
      if token.depth == 0, token.name != nil, beginsStatement(place) {
        noteOutput(at: place, word)
        setOutputs(ofFunctionAt: place, into: &edits, word)
      }
      if let type = type(at: place), beginsStatement(place),
        let found = reader.variables(at: place), found.type.count == 1
      {
        for one in found.declarators where one.initializer == nil && one.arrays.isEmpty {
          guard let name = code.code[one.name].name, !code.macros.contains(name) else { continue }
          edits.put(" = \(type)(0)", after: code.code[one.name].index)
        }
      }
      place += 1
    }
  }

  /// The outputs and `out` parameters of a function, as its first statements.
  private func setOutputs(
    ofFunctionAt place: Int, into edits: inout CodeEdits, _ word: (Int) -> String
  ) {
    guard let (function, _) = reader.function(at: place), let body = function.body else { return }
    var statements = code.code[function.name].name == "main" ? outputs ?? "" : ""
    for parameter in function.parameters where parameter.isOutput && !parameter.isArray {
      guard self.word(before: parameter.type) == "out", let type = type(at: parameter.type),
        let place = parameter.name, let name = code.code[place].name, !code.macros.contains(name)
      else { continue }
      statements += " \(word(code.code[place].index)) = \(type)(0);"
    }
    if !statements.isEmpty {
      edits.put(statements, after: code.code[body.lowerBound - 1].index)
    }
  }

  /// `out vec4 colour;` of the author's.
  private mutating func noteOutput(at place: Int, _ word: (Int) -> String) {
    guard outputs != nil, let found = reader.variables(at: place), found.isInterface,
      !code.code[place].isConditional, found.type.count == 1,
      self.word(before: found.type.lowerBound) == "out", let type = type(at: found.type.lowerBound)
    else { return }
    for one in found.declarators where one.arrays.isEmpty {
      guard let name = code.code[one.name].name, name != "gl_FragColor" else { continue }
      outputs?.append(" \(word(code.code[one.name].index)) = \(type)(0);")
    }
  }

  private func type(at place: Int) -> String? {
    guard let type = code.code[place].name, Self.types.contains(type),
      !code.macros.contains(type)
    else { return nil }
    return type
  }

  /// The end of what is in the braces of a structure or of a block of uniforms, which is no
  /// statement; nil where none begins.
  private func endOfMembers(at place: Int) -> Int? {
    guard code.code[place].isMark("{"), let before = code.code[safe: place - 1]?.name,
      before != "else", before != "do"
    else { return nil }
    return reader.closing(of: place)
  }

  private func beginsStatement(_ type: Int) -> Bool {
    guard let before = code.code[safe: beforePrecision(of: type)] else { return true }
    return before.isMark(";") || before.isMark("{") || before.isMark("}")
  }

  private func word(before type: Int) -> String? {
    code.code[safe: beforePrecision(of: type)]?.name
  }

  private func beforePrecision(of type: Int) -> Int {
    var place = type - 1
    while let name = code.code[safe: place]?.name, Self.precisions.contains(name) { place -= 1 }
    return place
  }
}
