/// Reads declarations out of GLSL code, by their form alone.
struct DeclarationReader {
  private let code: [CodeToken]

  init(_ code: [CodeToken]) { self.code = code }

  /// `struct S { float a; } s;`; gives the place behind the closing brace.
  func structure(at start: Int) -> (Outline.Structure, next: Int)? {
    guard code[safe: start]?.name == "struct" else { return nil }
    let name = code[safe: start + 1]?.name == nil ? nil : start + 1
    let open = start + (name == nil ? 1 : 2)
    guard isMark("{", at: open), let close = closing(of: open) else { return nil }
    var members: [Outline.Variables] = []
    var place = open + 1
    while place < close, let found = variables(at: place), let last = found.declarators.last {
      members.append(found)
      place = last.end + 1
    }
    return (Outline.Structure(name: name, members: members), close + 1)
  }

  /// `float f(vec2 a, out int b) { … }` or its prototype.
  func function(at start: Int) -> (Outline.Function, next: Int)? {
    let type = skipQualifiers(from: start).type
    guard let word = code[safe: type]?.name, !GLSLWords.neverTypes.contains(word),
      let name = code[safe: type + 1]?.name, Self.canBeDeclared(name),
      isMark("(", at: type + 2), let close = closing(of: type + 2)
    else { return nil }
    guard let parameters = parameters(in: type + 3..<close) else { return nil }
    var function = Outline.Function(returnType: type, name: type + 1, parameters: parameters)
    if isMark(";", at: close + 1) { return (function, close + 2) }
    guard isMark("{", at: close + 1) else { return nil }
    let end = closing(of: close + 1) ?? code.count
    function.body = min(close + 2, end)..<end
    return (function, min(end + 1, code.count))
  }

  /// `const float a = 1.0, b[2];`
  func variables(at start: Int) -> Outline.Variables? {
    let (type, isConst, isInterface) = skipQualifiers(from: start)
    guard let depth = code[safe: start]?.depth, let word = code[safe: type]?.name,
      !GLSLWords.neverTypes.contains(word)
    else { return nil }
    guard let first = skipArrays(from: type + 1) else { return nil }
    var found = Outline.Variables(
      start: start, isConst: isConst, isInterface: isInterface, type: type..<first,
      declarators: [])
    var place = first
    while true {
      guard let name = code[safe: place]?.name, Self.canBeDeclared(name),
        let afterArrays = skipArrays(from: place + 1), let next = code[safe: afterArrays]
      else { return nil }
      var one = Outline.Declarator(
        name: place, arrays: place + 1..<afterArrays, initializer: nil, end: afterArrays)
      if next.isMark("="), !isMark("=", at: afterArrays + 1) {
        guard let end = endOfInitializer(from: afterArrays + 1, depth: depth) else { return nil }
        one.initializer = afterArrays + 1..<end
        one.end = end
      }
      found.declarators.append(one)
      if isMark(";", at: one.end) { return found }
      guard isMark(",", at: one.end) else { return nil }
      place = one.end + 1
    }
  }

  /// The place behind what cannot be read.
  func end(ofUnknown start: Int) -> Int {
    var place = start
    let depth = code[start].depth
    while let token = code[safe: place] {
      if token.depth < depth { return max(place, start + 1) }
      if token.depth == depth, token.isMark(";") || token.isMark("}") { return place + 1 }
      place += 1
    }
    return place
  }

  /// The bracket that closes the one at `open`.
  func closing(of open: Int) -> Int? {
    guard let depth = code[safe: open]?.depth else { return nil }
    var place = open + 1
    while let token = code[safe: place] {
      if token.depth <= depth {
        guard case .mark(let mark) = token.word, mark.closesBracket else { return nil }
        return place
      }
      place += 1
    }
    return nil
  }

  private func isMark(_ mark: Unicode.Scalar, at place: Int) -> Bool {
    code[safe: place]?.isMark(mark) == true
  }

  private static func canBeDeclared(_ name: String) -> Bool {
    !GLSLWords.keywords.contains(name) || GLSLWords.formerNames.contains(name)
  }

  private static let interfaceWords: Set<String> = [
    "uniform", "in", "out", "inout", "varying", "attribute", "buffer", "shared",
  ]

  private func skipQualifiers(
    from start: Int
  ) -> (type: Int, isConst: Bool, isInterface: Bool) {
    var place = start
    var isConst = false
    var isInterface = false
    while let word = code[safe: place]?.name, GLSLWords.qualifiers.contains(word) {
      if word == "const" { isConst = true }
      if Self.interfaceWords.contains(word) { isInterface = true }
      place += 1
      if word == "layout", isMark("(", at: place), let close = closing(of: place) {
        place = close + 1
      }
    }
    return (place, isConst, isInterface)
  }

  private func skipArrays(from start: Int) -> Int? {
    var place = start
    while isMark("[", at: place) {
      guard let close = closing(of: place) else { return nil }
      place = close + 1
    }
    return place
  }

  /// The comma or semicolon of this depth.
  private func endOfInitializer(from start: Int, depth: Int) -> Int? {
    var place = start
    while let token = code[safe: place], token.depth >= depth {
      if token.depth == depth, token.isMark(";") || token.isMark(",") { return place }
      place += 1
    }
    return nil
  }

  private func parameters(in range: Range<Int>) -> [Outline.Parameter]? {
    var found: [Outline.Parameter] = []
    if range.count == 1, code[range.lowerBound].name == "void" { return [] }
    var place = range.lowerBound
    while place < range.upperBound {
      let type = skipQualifiers(from: place).type
      let isOutput = code[place..<max(type, place)].contains {
        $0.name == "out" || $0.name == "inout"
      }
      guard code[safe: type]?.name != nil, var next = skipArrays(from: type + 1) else {
        return nil
      }
      var one = Outline.Parameter(
        type: type, name: nil, isArray: next > type + 1, isOutput: isOutput)
      if next < range.upperBound, code[next].name != nil {
        one.name = next
        guard let end = skipArrays(from: next + 1) else { return nil }
        one.isArray = one.isArray || end > next + 1
        next = end
      }
      found.append(one)
      guard next < range.upperBound else { return found }
      guard isMark(",", at: next) else { return nil }
      place = next + 1
    }
    return found
  }
}
