/// Which expressions are constants, as OpenGL ES understands it.
struct ConstantExpressions {
  /// Macros within each other that are looked into.
  private static let depthLimit = 32

  private let code: CodeOutline
  private let globals: [String: CodeOutline.Variable]
  private let userFunctions: Set<String>
  private var macros: [String: Bool] = [:]

  init(_ code: CodeOutline) {
    self.code = code
    globals = Dictionary(
      code.variables.filter(\.isGlobal).map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    userFunctions = Set(code.functions.map(\.name))
    for name in code.macros.keys { _ = isConstant(macro: name, depth: 0) }
  }

  /// The first name in an expression that makes it no constant.
  func offender(in range: Range<Int>) -> String? {
    let words = code.words[range]
    return words.indices.first { index in
      words[index].isName && !isConstant(words, at: index) && macros[words[index].text] != true
    }.map { words[$0].text }
  }

  private mutating func isConstant(macro name: String, depth: Int) -> Bool {
    if let known = macros[name] { return known }
    guard let macro = code.macros[name], depth < Self.depthLimit else { return false }
    // A macro that names itself is none there.
    macros[name] = false
    let parameters = Set(macro.parameters ?? [])
    var answer = true
    for index in macro.body.indices where macro.body[index].isName && answer {
      let word = macro.body[index].text
      if parameters.contains(word) { continue }
      answer =
        code.macros[word] != nil
        ? isConstant(macro: word, depth: depth + 1) : isConstant(macro.body[...], at: index)
    }
    macros[name] = answer
    return answer
  }

  /// The name there is a constant, or part of one: macros aside.
  private func isConstant(_ words: ArraySlice<CodeOutline.Word>, at index: Int) -> Bool {
    let name = words[index].text
    if index > words.startIndex, words[index - 1].text == "." { return true }
    if globals[name]?.isConst == true || GLSLWords.keywords.contains(name) { return true }
    let isCall = index + 1 < words.endIndex && words[index + 1].text == "("
    return isCall && GLSLWords.builtInFunctions.contains(name) && !userFunctions.contains(name)
      && !name.hasPrefix("texture") && name != "texelFetch"
  }
}
