/// GLSL code word by word, with what it declares: enough to warn, not to compile.
struct CodeOutline {
  /// A name, a number or an operator; operators of several characters are one.
  struct Word {
    var text: String
    var kind: Token.Kind
    var start: Int

    var isName: Bool { kind == .identifier }
  }

  struct Variable {
    var name: String
    var type: String
    var isConst = false
    /// Set from outside, or by another stage.
    var isExternal = false
    var isGlobal = false
    /// Its place among `words`.
    var word: Int
    /// What it begins with, among `words`.
    var initial: Range<Int>?
    /// The function that it is a parameter of, and which.
    var parameter: (function: String, index: Int)?
  }

  struct Macro {
    var name: String
    var parameters: [String]?
    var body: [Word]
    var start: Int
  }

  let text: AuthorText
  /// The code, but for preprocessor lines.
  private(set) var words: [Word] = []
  private(set) var macros: [String: Macro] = [:]
  private(set) var variables: [Variable] = []
  /// Functions that are declared or written, with the place of their names among `words`.
  private(set) var functions: [(name: String, type: String, word: Int)] = []
  /// Every name, those in preprocessor lines included.
  private(set) var mentioned: Set<String> = []
  /// Where `#version` stands.
  private(set) var versions: [Int] = []
  /// For each word that opens a bracket, the word that closes it, or the number of words; for each
  /// that closes one, the word that opens it; else 0.
  private var partners: [Int] = []

  init(_ text: AuthorText) {
    self.text = text
    divide()
    matchBrackets()
    findDeclarations()
  }

  private mutating func matchBrackets() {
    partners = Array(repeating: 0, count: words.count)
    var open: [Int] = []
    for (index, word) in words.enumerated() where word.kind == .mark {
      switch word.text {
      case "(", "[", "{":
        open.append(index)
        partners[index] = words.count
      case ")", "]", "}":
        if let start = open.popLast() {
          partners[start] = index
          partners[index] = start
        }
      default: break
      }
    }
  }

  private mutating func divide() {
    var directive: [Word]?
    for token in Tokenizer.tokens(of: text.bytes, in: 0..<text.bytes.count) {
      switch token.kind {
      case .lineBreak:
        if let line = directive { pass(line) }
        directive = nil
      case .directive: directive = []
      case .blank, .continuation, .comment: break
      case .identifier, .number, .mark:
        let word = Word(
          text: String(decoding: text.bytes[token.start..<token.end], as: UTF8.self),
          kind: token.kind, start: token.start)
        if word.isName { mentioned.insert(word.text) }
        if directive != nil { directive?.append(word) } else { Self.append(word, to: &words) }
      }
    }
    if let line = directive { pass(line) }
  }

  private static let operators: Set<String> = [
    "++", "--", "+=", "-=", "*=", "/=", "%=", "<=", ">=", "==", "!=", "&&", "||", "<<", ">>", "<<=",
    ">>=", "&=", "|=", "^=", "^^",
  ]

  private static func append(_ word: Word, to words: inout [Word]) {
    if word.kind == .mark, let last = words.last, last.kind == .mark,
      last.start + last.text.utf8.count == word.start, operators.contains(last.text + word.text)
    {
      words[words.count - 1].text += word.text
    } else {
      words.append(word)
    }
  }

  /// Takes the words of a preprocessor line, without its `#`.
  private mutating func pass(_ line: [Word]) {
    guard let first = line.first else { return }
    if first.text == "version" { versions.append(first.start) }
    guard first.text == "define", let name = line[safe: 1], name.isName else { return }
    var body = Array(line.dropFirst(2))
    var parameters: [String]?
    if let open = body.first, open.text == "(", open.start == name.start + name.text.utf8.count,
      let close = body.firstIndex(where: { $0.text == ")" })
    {
      parameters = body[..<close].filter(\.isName).map(\.text)
      body.removeFirst(close + 1)
    }
    var joined: [Word] = []
    for word in body { Self.append(word, to: &joined) }
    macros[name.text] = Macro(
      name: name.text, parameters: parameters, body: joined, start: name.start)
  }

  private mutating func findDeclarations() {
    var depth = 0
    var index = 0
    while index < words.count {
      switch words[index].text {
      case "{": depth += 1
      case "}": depth = max(0, depth - 1)
      default:
        if isDeclaration(at: index) {
          index = declare(at: index, depth: depth)
          continue
        }
      }
      index += 1
    }
  }

  /// A type stands there, and a name behind it.
  private func isDeclaration(at index: Int) -> Bool {
    guard words[index].isName, let name = words[safe: index + 1], name.isName,
      let after = words[safe: index + 2]?.text, words[safe: index - 1]?.text != ".",
      !GLSLWords.neverTypes.contains(words[index].text),
      !GLSLWords.keywords.contains(name.text)
    else { return false }
    return [";", ",", "=", "[", "(", ")"].contains(after)
  }

  /// Takes the declaration whose type is at `index`; gives the place to go on at.
  private mutating func declare(at index: Int, depth: Int) -> Int {
    let type = words[index].text
    let qualifiers = qualifiers(before: index)
    if words[safe: index + 2]?.text == "(", depth == 0 {
      functions.append((words[index + 1].text, type, index + 1))
      return declareParameters(of: words[index + 1].text, from: index + 3)
    }
    var place = index + 1
    while let name = words[safe: place], name.isName {
      var variable = Variable(name: name.text, type: type, word: place)
      variable.isConst = qualifiers.contains("const")
      variable.isExternal = !qualifiers.isDisjoint(with: [
        "uniform", "varying", "in", "out", "attribute",
      ])
      variable.isGlobal = depth == 0
      var end = endOfExpression(from: place + 1, at: ["=", ",", ";"])
      if words[safe: end]?.text == "=" {
        let start = end + 1
        end = endOfExpression(from: start, at: [",", ";"])
        variable.initial = start..<end
      }
      variables.append(variable)
      guard words[safe: end]?.text == "," else { return max(end, index + 2) }
      place = end + 1
    }
    return max(place, index + 2)
  }

  /// Gives the place behind the parameters' closing parenthesis.
  private mutating func declareParameters(of function: String, from start: Int) -> Int {
    var place = start
    var count = 0
    while let word = words[safe: place], word.text != ")", word.text != "{", word.text != ";" {
      if word.text == "," { count += 1 }
      if word.isName, let name = words[safe: place + 1], name.isName,
        !GLSLWords.neverTypes.contains(word.text), !GLSLWords.keywords.contains(name.text)
      {
        var variable = Variable(name: name.text, type: word.text, word: place + 1)
        variable.parameter = (function, count)
        variables.append(variable)
        place += 1
      }
      place += 1
    }
    return place
  }

  private func qualifiers(before index: Int) -> Set<String> {
    var found: Set<String> = []
    var place = index - 1
    while let word = words[safe: place], word.isName, GLSLWords.neverTypes.contains(word.text) {
      found.insert(word.text)
      place -= 1
    }
    return found
  }

  /// Where one of `ends` stands outside of brackets, or a bracket closes that was open before.
  func endOfExpression(from start: Int, at ends: Set<String>) -> Int {
    var place = start
    while let word = words[safe: place] {
      if ends.contains(word.text) { return place }
      switch word.text {
      case "(", "[", "{": place = closing(place)
      case ")", "]", "}": return place
      default: break
      }
      place += 1
    }
    return min(place, words.count)
  }

  /// The place of the bracket that closes the one at `index`.
  func closing(_ index: Int) -> Int { partners[safe: index] ?? words.count }

  /// The place of the bracket that opens what the one at `index` closes.
  func opening(_ index: Int) -> Int { partners[safe: index] ?? 0 }

  /// The arguments of the call whose `(` is at `index`.
  func arguments(at index: Int) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = index + 1
    while true {
      let end = endOfExpression(from: start, at: [","])
      if end > start { found.append(start..<end) }
      guard words[safe: end]?.text == "," else { return found }
      start = end + 1
    }
  }
}
