/// The author's functions that have the name of one of GLSL's. OpenGL ES forbids them, and desktop
/// OpenGL hides every form of the built-in behind them: they get another name, and the forms that
/// the author does not write himself are declared by that name too.
struct HiddenFunctions: Sendable {
  /// Their names in the author's text.
  private(set) var names: Set<String> = []
  /// GLSL for the prelude.
  private(set) var declarations = ""

  init(_ code: AuthorCode, _ outline: Outline, _ header: NameMap, dialect: Dialect) {
    names = code.functions.intersection(GLSLWords.ownFunctions)
    for name in code.functions.intersection(GLSLWords.builtInFunctions).sorted() {
      let own = outline.functions.filter { code.code[$0.name].name == name }
      let isCertain = own.allSatisfy { function in
        !code.code[function.name].isConditional
          && function.parameters.allSatisfy { !code.macros.contains(code.code[$0.type].name ?? "") }
      }
      if dialect.isES || isCertain { names.insert(name) }
      guard isCertain, !own.isEmpty, let forms = BuiltInFunction.forms[name] else { continue }
      let his = Set(own.map { function in function.parameters.map { type($0, code) } })
      var known = his
      for form in forms {
        for types in form.types where known.insert(types.parameters).inserted {
          // An integer form beside the author's form for numbers would take what was his.
          if !dialect.isES, types.parameters.contains("int") || types.parameters.contains("uint"),
            his.contains(types.parameters.map { _ in "float" })
          {
            continue
          }
          declare(types, of: name, as: header.substitute(forFunction: name))
        }
      }
    }
  }

  private func type(_ parameter: Outline.Parameter, _ code: AuthorCode) -> String {
    (code.code[parameter.type].name ?? "") + (parameter.isArray ? "[]" : "")
  }

  private mutating func declare(
    _ types: BuiltInFunction.Types, of name: String, as newName: String
  ) {
    let letters = ["a", "b", "c"].prefix(types.parameters.count)
    let parameters = zip(types.parameters, letters).map { "\($0) \($1)" }
    declarations += """
      \(types.result) \(newName)(\(parameters.joined(separator: ", "))) { \
      return \(name)(\(letters.joined(separator: ", "))); }

      """
  }
}
