/// The global variables whose initialisers OpenGL ES refuses, since they are no constant
/// expressions; desktop OpenGL refuses those of constants. Each gets its value in a function that stands where it is declared, so that names,
/// macros and line numbers mean what they meant; `main` calls these functions first.
struct GlobalInitializers {
  /// A function that gives one variable its value.
  private struct Setter {
    var name: String
    var isConditional: Bool
  }

  private let code: AuthorCode
  private let isES: Bool
  private var constants: Set<String> = []
  private let structures: Set<String>
  /// Whether macros are constant expressions, as far as that has been asked.
  private var macros: [String: Bool] = [:]
  private var setters: [Setter] = []

  init(_ code: AuthorCode, _ outline: Outline, isES: Bool) {
    self.code = code
    self.isES = isES
    structures = Set(outline.structures.compactMap { $0.name.flatMap { code.code[$0].name } })
  }

  /// The author's `main` is called by ours.
  var wrapsMain: Bool { !setters.isEmpty }

  /// Moves what must be moved. `word` gives an identifier's new name.
  mutating func move(
    _ outline: Outline, into edits: inout CodeEdits, word: (Int) -> String
  ) {
    guard code.functions.contains("main") else { return }
    let globals = outline.variables.filter { !$0.isInterface }
    let moved = globals.map { variables in
      variables.declarators.map { needsMoving($0, of: variables) }
    }
    // Once one moves, all do that may need it.
    guard isES || zip(globals, moved).contains(where: { $0.isConst && $1.contains(true) }) else {
      return
    }
    for (variables, moved) in zip(globals, moved) where moved.contains(true) {
      divide(variables, moved, into: &edits, word: word)
    }
  }

  /// The author's `main` after everything that must come before it.
  var main: String {
    guard wrapsMain else { return "" }
    let calls = setters.map { setter in
      setter.isConditional
        ? "#ifdef \(setter.name)_is_there\n\(setter.name)();\n#endif\n" : "\(setter.name)();\n"
    }
    return "void main() {\n\(calls.joined())isf_main();\n}\n"
  }

  private mutating func needsMoving(
    _ one: Outline.Declarator, of variables: Outline.Variables
  ) -> Bool {
    guard let initializer = one.initializer else { return false }
    if isConstant(initializer) {
      if variables.isConst, let name = code.code[one.name].name { constants.insert(name) }
      return false
    }
    return brackets(of: one, variables) { _ in "" } != nil
  }

  private mutating func isConstant(_ range: Range<Int>) -> Bool {
    for place in range {
      guard let name = code.code[place].name else { continue }
      if code.code[safe: place - 1]?.isMark(".") == true { continue }
      if !isConstant(name) { return false }
    }
    return true
  }

  private mutating func isConstant(_ name: String) -> Bool {
    if let known = macros[name] { return known }
    if let expansion = code.expansions[name] {
      macros[name] = true
      let result = expansion.allSatisfy { isConstant($0) }
      macros[name] = result
      return result
    }
    if code.functions.contains(name) { return false }
    return constants.contains(name) || structures.contains(name)
      || GLSLWords.keywords.contains(name) || GLSLWords.constantFunctions.contains(name)
      || name.hasPrefix("gl_Max")
  }

  /// Makes one declaration of each name: in the places of the commas, statements end.
  private mutating func divide(
    _ variables: Outline.Variables, _ moved: [Bool], into edits: inout CodeEdits,
    word: (Int) -> String
  ) {
    func text(_ places: Range<Int>) -> String {
      places.filter { code.code[$0].name != "const" }.map { word(code.code[$0].index) }
        .joined(separator: " ")
    }
    let start = variables.start
    for place in start..<variables.type.upperBound { edits.omit(code.code[place].index) }
    for (one, isMoved) in zip(variables.declarators, moved) {
      let name = code.code[one.name].index
      let end = code.code[one.end]
      if !isMoved {
        let const = variables.isConst ? "const " : ""
        edits.put("\(const)\(text(start..<variables.type.upperBound)) ", before: name)
      } else {
        let setter = Setter(
          name: "isf_global\(setters.count)", isConditional: code.code[start].isConditional)
        if setter.isConditional {
          edits.putLine("#define \(setter.name)_is_there", before: name)
        }
        let type = text(start..<variables.type.lowerBound + 1)
        let brackets = brackets(of: one, variables, word: word) ?? ""
        edits.put(
          "\(type) \(word(name))\(brackets); void \(setter.name)() { ", before: name)
        for place in one.arrays { edits.omit(code.code[place].index) }
        setters.append(setter)
      }
      if end.isMark(",") {
        edits.omit(end.index)
        edits.put(isMoved ? "; }" : ";", after: end.index)
      } else if isMoved {
        edits.put(" }", after: end.index)
      }
    }
  }

  /// The brackets of a variable's type and name, as they follow the name; where they leave the
  /// number of elements to the initialiser, with that number. nil where it cannot be told.
  private func brackets(
    of one: Outline.Declarator, _ variables: Outline.Variables, word: (Int) -> String
  ) -> String? {
    let places = Array(one.arrays) + Array(variables.type.dropFirst())
    var text = ""
    for place in places {
      let token = code.code[place]
      if token.isMark("]"), code.code[place - 1].isMark("[") {
        guard places.count == 2, let count = one.initializer.flatMap(elementCount) else {
          return nil
        }
        text += "\(count)"
      }
      text += word(token.index)
    }
    return text
  }

  /// How many elements `float[](a, b)` has.
  private func elementCount(in initializer: Range<Int>) -> Int? {
    guard let open = initializer.first(where: { code.code[$0].isMark("(") }),
      code.code[safe: open - 1]?.isMark("]") == true
    else { return nil }
    let depth = code.code[open].depth + 1
    let commas = (open + 1..<initializer.upperBound)
      .prefix { code.code[$0].depth >= depth }
      .count { code.code[$0].depth == depth && code.code[$0].isMark(",") }
    return commas + 1
  }
}
