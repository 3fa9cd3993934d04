import ZCCore

/// What one of the author's GLSL texts declares and mentions.
struct AuthorCode: Sendable {
  /// A name in an interface declaration at the top level: `varying vec2 a, b;` has two.
  struct InterfaceName: Sendable {
    enum Direction: Sendable { case uniform, input, output }
    var name: String
    var direction: Direction
    /// The name's place among `tokens`.
    var token: Int
  }

  let text: AuthorText
  let tokens: [Token]
  /// The token that is the ISF header.
  let header: Int?
  /// Every identifier, preprocessor lines included.
  private(set) var mentioned: Set<String> = []
  /// Names of variables, parameters, struct members and functions.
  private(set) var declared: Set<String> = []
  /// Names of functions, but for those that OpenGL ES does not see.
  private(set) var functions: Set<String> = []
  /// Names after `#define`.
  private(set) var macros: Set<String> = []
  private(set) var interface: [InterfaceName] = []
  /// All that is code: no space, no comment, no preprocessor line.
  private(set) var code: [CodeToken] = []
  /// Whether variables are of a type made of floats, wherever they are declared.
  private(set) var types: [String: Bool] = [:]
  /// Constants and macros that are a whole number: the largest of that name.
  private(set) var integers: [String: Int] = [:]
  /// The largest number of elements of arrays of each name, where lengths are asked for.
  private(set) var lengths: [String: Int] = [:]
  /// The preprocessor lines that define macros, by the tokens they begin with.
  private(set) var definitions: [(token: Int, macro: String, isRepeated: Bool)] = []
  /// The identifiers of each macro's expansion, its own and its parameters' names left out. One
  /// that is defined twice has those of both.
  private(set) var expansions: [String: Set<String>] = [:]
  /// Identifiers of preprocessor lines.
  private var directiveTokens: Set<Int> = []

  /// Reads `text` but for its `header`.
  init(_ text: AuthorText, without header: Range<Int>? = nil) {
    self.text = text
    let whole = 0..<text.bytes.count
    if let header {
      let before = Tokenizer.tokens(of: text.bytes, in: whole.lowerBound..<header.lowerBound)
      self.tokens =
        before + [Token(kind: .comment, start: header.lowerBound, end: header.upperBound)]
        + Tokenizer.tokens(of: text.bytes, in: header.upperBound..<whole.upperBound)
      self.header = before.count
    } else {
      self.tokens = Tokenizer.tokens(of: text.bytes, in: whole)
      self.header = nil
    }
    findMacros()
    findDeclarations()
  }

  func string(_ token: Token) -> String {
    String(decoding: text.bytes[token.start..<token.end], as: UTF8.self)
  }

  /// The next token that is no space; a preprocessor line ends at its line break.
  func next(after index: Int) -> Token? {
    guard !directiveTokens.contains(index) else { return nextInLine(after: index) }
    return tokens[(index + 1)...].first { !$0.isSpace }
  }

  /// The next token that is no space in the same line.
  func nextInLine(after index: Int) -> Token? {
    for token in tokens[(index + 1)...] where !token.isSpace || token.kind == .lineBreak {
      return token.kind == .lineBreak ? nil : token
    }
    return nil
  }

  /// Notes macros and mentions, and which tokens are code.
  private mutating func findMacros() {
    var conditions = ConditionStack()
    var line: DirectiveLine?
    var depth = 0
    for (index, token) in tokens.enumerated() {
      switch token.kind {
      case .lineBreak:
        if let line {
          conditions.pass(line.words, depth: &depth)
          note(line)
        }
        line = nil
      case .directive: line = DirectiveLine(token: index)
      case .identifier:
        let name = string(token)
        mentioned.insert(name)
        if line == nil {
          append(.name(name), at: index, depth: depth, conditions)
        } else {
          directiveTokens.insert(index)
          line?.take(name, end: token.end)
        }
      case .number, .mark:
        let mark = text.bytes[safe: token.start] ?? 0
        if line == nil {
          if mark.closesBracket { depth = max(0, depth - 1) }
          append(.mark(mark), at: index, depth: depth, conditions)
          if mark.opensBracket { depth += 1 }
        } else {
          line?.take(mark, start: token.start)
        }
      case .blank, .continuation, .comment: break
      }
    }
    if let line { note(line) }
  }

  private mutating func append(
    _ word: DeclarationScan.Word, at index: Int, depth: Int, _ conditions: ConditionStack
  ) {
    code.append(
      CodeToken(
        index: index, word: word, depth: depth, isConditional: conditions.isOpen,
        isForDesktopOnly: conditions.isDesktopOnly))
  }

  private mutating func note(_ name: String, type: String, isArray: Bool) {
    types[name] = GLSLWords.floatTypes.contains(type) && !isArray && types[name] != false
  }

  /// `const int N = 3;`
  private mutating func noteInteger(at place: Int) {
    guard place >= 2, code[place - 2].name == "int" || code[place - 2].name == "uint",
      let name = code[place - 1].name
    else { return }
    guard let value = number(at: place + 1, of: code) else { return }
    integers[name] = max(integers[name] ?? 0, value)
  }

  private mutating func note(_ line: DirectiveLine) {
    guard let (name, expansion) = line.macro else { return }
    let isNew = macros.insert(name).inserted
    definitions.append((line.token, name, !isNew))
    expansions[name, default: []].formUnion(expansion)
    let words = body(of: line)
    if let value = number(at: 0, of: words) {
      integers[name] = max(integers[name] ?? 0, value)
    }
  }

  /// The number that is all there is up to `end`, or the end of `words`.
  private func number(
    at place: Int, of words: [CodeToken], endingIn end: Unicode.Scalar = ";"
  ) -> Int? {
    var size = ArraySize(self, words, at: place)
    guard let value = size.value() else { return nil }
    return words[safe: size.place]?.isMark(end) == false ? nil : value
  }

  /// What stands behind a macro's name, where it is short enough to be a number.
  private func body(of line: DirectiveLine) -> [CodeToken] {
    var words: [CodeToken] = []
    for index in tokens.indices[(line.token + 1)...] {
      let token = tokens[index]
      if token.kind == .lineBreak || words.count > 32 { break }
      guard !token.isSpace else { continue }
      let word: DeclarationScan.Word =
        token.kind == .identifier ? .name(string(token)) : .mark(text.bytes[safe: token.start] ?? 0)
      words.append(
        CodeToken(
          index: index, word: word, depth: 0, isConditional: false, isForDesktopOnly: false))
    }
    return Array(words.dropFirst(2))
  }

  private mutating func findDeclarations() {
    var scan = DeclarationScan()
    for (place, token) in code.enumerated() {
      if token.isMark("=") { noteInteger(at: place) }
      if token.isMark("["), mentioned.contains("length"), let name = code[safe: place - 1]?.name,
        let value = number(at: place + 1, of: code, endingIn: "]")
      {
        lengths[name] = max(lengths[name] ?? 0, value)
      }
      switch scan.step(token.word, next: code[safe: place + 1]?.word) {
      case .nothing: break
      case .variable(let name):
        declared.insert(name)
        note(name, type: scan.type, isArray: code[safe: place + 1]?.isMark("[") == true)
      case .function(let name):
        declared.insert(name)
        if !token.isForDesktopOnly { functions.insert(name) }
      case .interface(let name, let direction):
        declared.insert(name)
        note(name, type: scan.type, isArray: code[safe: place + 1]?.isMark("[") == true)
        interface.append(
          InterfaceName(name: name, direction: direction, token: token.index))
      }
    }
  }

  /// What is told of code that no driver is given.
  func excess(at token: Int, _ limit: CodeLimit) -> ZCError {
    let issue = text.issue(at: tokens[token].start, limit.message, hint: limit.hint)
    return .shader(issues: [issue], log: "", generated: "")
  }

  /// The whole number that a token is; the largest where it is larger.
  func integer(_ token: Token) -> Int? {
    guard token.kind == .number else { return nil }
    let digits = string(token).lowercased()
    let text = digits.hasSuffix("u") ? String(digits.dropLast()) : digits
    let isHexadecimal = text.hasPrefix("0x")
    let bare = isHexadecimal ? String(text.dropFirst(2)) : text
    let isWhole = bare.utf8.allSatisfy { $0.isDigit || isHexadecimal && $0.hexadecimalDigit != nil }
    guard !bare.isEmpty, isWhole else { return nil }
    return Int(bare, radix: isHexadecimal ? 16 : 10) ?? .max
  }
}
