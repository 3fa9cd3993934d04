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
    findDeclarations(among: findMacros())
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

  /// Notes macros and mentions; gives the tokens that are code.
  private mutating func findMacros() -> [CodeToken] {
    var code: [CodeToken] = []
    var conditions = ConditionStack()
    var directive: [String]?
    for (index, token) in tokens.enumerated() {
      switch token.kind {
      case .lineBreak:
        if let words = directive { conditions.pass(words) }
        directive = nil
      case .directive: directive = []
      case .identifier:
        let name = string(token)
        mentioned.insert(name)
        guard let words = directive else {
          code.append(CodeToken(index: index, isForDesktopOnly: conditions.isDesktopOnly))
          continue
        }
        directiveTokens.insert(index)
        if words == ["define"] { macros.insert(name) }
        if words.count < 2 { directive = words + [name] }
      case .number, .mark:
        if directive == nil {
          code.append(CodeToken(index: index, isForDesktopOnly: conditions.isDesktopOnly))
        }
      case .blank, .continuation, .comment: break
      }
    }
    return code
  }

  private mutating func findDeclarations(among code: [CodeToken]) {
    var scan = DeclarationScan()
    for (place, token) in code.enumerated() {
      let next = code[safe: place + 1].map { word(tokens[$0.index]) }
      switch scan.step(word(tokens[token.index]), next: next) {
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

  /// A token that is no space and in no preprocessor line.
  private struct CodeToken {
    var index: Int
    var isForDesktopOnly: Bool
  }

  private func word(_ token: Token) -> DeclarationScan.Word {
    token.kind == .identifier ? .name(string(token)) : .mark(text.bytes[safe: token.start] ?? 0)
  }
}
