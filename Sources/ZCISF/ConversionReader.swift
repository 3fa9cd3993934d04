/// Finds, statement by statement, what a dialect of OpenGL ES does not convert by itself.
struct ConversionReader {
  private let code: AuthorCode
  private let outline: Outline
  private let reader: DeclarationReader
  private var expressions: ExpressionReader
  /// What the function at hand gives back; nil where that is not known.
  private var result: GLSLType?
  /// The tokens `const` that go.
  private var dropped: [Int] = []

  init(_ code: AuthorCode, _ outline: Outline, inputs: [InputDescription], dialect: Dialect) {
    self.code = code
    self.outline = outline
    reader = DeclarationReader(code.code)
    let needs: Conversions.Need =
      dialect.hasImplicitConversions ? [.results] : [.floats, .unsigned, .results]
    expressions = ExpressionReader(
      code, CodeTypes(code, outline, inputs: inputs), Conversions(needs))
  }

  /// Writes them out.
  mutating func write(into edits: inout CodeEdits) {
    for variables in outline.variables { declare(variables) }
    for function in outline.functions {
      guard let body = function.body else { continue }
      expressions.function = function.name
      result = code.code[function.returnType].name.flatMap {
        code.macros.contains($0) ? nil : GLSLType($0)
      }
      read(body)
    }
    expressions.conversions.write(code, into: &edits)
    for place in dropped { edits.omit(code.code[place].index) }
  }

  private mutating func read(_ body: Range<Int>) {
    var place = body.lowerBound
    while place < body.upperBound {
      expressions.place = place
      let count = expressions.conversions.count
      if let next = statement(at: place), next > place {
        place = next
      } else {
        expressions.conversions.keep(count)
        place = end(ofUnknown: place, in: body)
      }
    }
  }

  /// The place behind a statement, or behind that of its parts that stands first; nil where it
  /// cannot be read.
  private mutating func statement(at place: Int) -> Int? {
    let token = code.code[place]
    if token.isMark(";") || token.isMark("{") || token.isMark("}") { return place + 1 }
    switch token.name {
    case "else", "do", "break", "continue", "discard": return place + 1
    case "for":
      return code.code[safe: place + 1]?.isMark("(") == true ? place + 2 : nil
    case "if", "while", "switch":
      // The parentheses are read as an expression in them.
      expressions.place = place + 1
      guard code.code[safe: place + 1]?.isMark("(") == true, expressions.primary() != nil else {
        return nil
      }
      return expressions.place
    case "return":
      expressions.place = place + 1
      if expressions.isMark(";") { return place + 2 }
      guard var value = expressions.assignment(), expressions.isMark(";") else { return nil }
      if let result, result.count == value.type?.count {
        expressions.convert(&value, to: result.kind, isResult: true)
      }
      return expressions.place + 1
    default: break
    }
    if let found = reader.variables(at: place), let last = found.declarators.last {
      declare(found)
      return last.end + 1
    }
    return isOfResultsAlone ? nil : expression()
  }

  /// The dialect converts all but results: other expressions need not be read.
  private var isOfResultsAlone: Bool { expressions.conversions.needs == .results }

  /// A statement that is an expression, or a part of `for`.
  private mutating func expression() -> Int? {
    guard expressions.assignment() != nil else { return nil }
    while expressions.isMark(",") {
      expressions.place += 1
      guard expressions.assignment() != nil else { return nil }
    }
    guard expressions.isMark(";") || expressions.isMark(")") else { return nil }
    return expressions.place + 1
  }

  private mutating func declare(_ found: Outline.Variables) {
    let word = code.code[found.type.lowerBound].name ?? ""
    let type = code.macros.contains(word) ? nil : GLSLType(word)
    var isConstant = true
    for one in found.declarators {
      guard let initializer = one.initializer else { continue }
      if !self.isConstant(initializer) { isConstant = false }
      if isOfResultsAlone { continue }
      let count = expressions.conversions.count
      expressions.place = initializer.lowerBound
      guard var value = expressions.assignment(), expressions.place == initializer.upperBound else {
        expressions.conversions.keep(count)
        continue
      }
      let isPlain = one.arrays.isEmpty && found.type.count == 1
      if let type, isPlain, type.count == value.type?.count {
        expressions.convert(&value, to: type.kind)
      }
    }
    guard expressions.function != nil, found.isConst, !isConstant else { return }
    for place in found.start..<found.type.lowerBound where code.code[place].name == "const" {
      dropped.append(place)
    }
    for one in found.declarators {
      if let name = code.code[one.name].name { expressions.types.noteVariable(name) }
    }
  }

  /// Nothing in it is certain to be known only while drawing.
  private func isConstant(_ range: Range<Int>) -> Bool {
    !range.contains { place in
      guard let name = code.code[place].name, !code.macros.contains(name),
        code.code[safe: place - 1]?.isMark(".") != true
      else { return false }
      return code.code[safe: place + 1]?.isMark("(") == true
        ? code.functions.contains(name) : expressions.types.variables.contains(name)
    }
  }

  private func end(ofUnknown start: Int, in body: Range<Int>) -> Int {
    var place = start
    while place < body.upperBound {
      let token = code.code[place]
      if token.isMark(";") || token.isMark("{") || token.isMark("}") { return place + 1 }
      place += 1
    }
    return place
  }
}
