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

  private mutating func note(_ line: DirectiveLine) {
    guard let (name, expansion) = line.macro else { return }
    let isNew = macros.insert(name).inserted
    definitions.append((line.token, name, !isNew))
    expansions[name, default: []].formUnion(expansion)
  }

  private mutating func findDeclarations() {
    var scan = DeclarationScan()
    for (place, token) in code.enumerated() {
      switch scan.step(token.word, next: code[safe: place + 1]?.word) {
      case .nothing: break
      case .variable(let name): declared.insert(name)
      case .function(let name):
        declared.insert(name)
        if !token.isForDesktopOnly { functions.insert(name) }
      case .interface(let name, let direction):
        declared.insert(name)
        interface.append(
          InterfaceName(name: name, direction: direction, token: token.index))
      }
    }
  }
}
