internal import ZCCore

/// What is really wrong where a driver met a word that it did not expect.
struct SyntaxAdvice {
  private let text: AuthorText
  private let tokens: [Token]

  init(_ text: AuthorText) {
    self.text = text
    tokens = Tokenizer.tokens(of: text.bytes, in: 0..<text.bytes.count).filter { !$0.isSpace }
  }

  func finding(_ fault: Fault, _ message: String, at offset: Int?) -> Advice.Finding {
    let words = message.lowercased()
    if words.contains("end of file") || words.contains("$end") || words.hasPrefix("'' :") {
      return Advice.Finding(fault: .syntax, hint: unclosed)
    }
    if words.contains("invalid token") || words.contains("invalid character") {
      return Advice.Finding(fault: .syntax, hint: "GLSL has no such character, and no strings")
    }
    guard let offset, let index = tokens.firstIndex(where: { $0.end > offset }) else {
      return Advice.Finding(fault: fault)
    }
    let word = word(index)
    let before = index > 0 ? self.word(index - 1) : ""
    if fault == .reserved || isType(before) && isReserved(word) {
      let name = isType(word) && isReserved(self.word(index + 1)) ? self.word(index + 1) : word
      return Advice.Finding(
        fault: .reserved, hint: "'\(name)' is a word of GLSL: choose another name")
    }
    if let finding = unknownType(before, word, index) { return finding }
    if let finding = missingSemicolon(before, word, index) { return finding }
    if words.contains("expecting ')'") || [";", "{"].contains(word) && opensMore(index) {
      return Advice.Finding(fault: .syntax, hint: "is a ')' missing before this?")
    }
    return Advice.Finding(fault: .syntax)
  }

  /// The statement before ends without its semicolon.
  private func missingSemicolon(_ before: String, _ word: String, _ index: Int) -> Advice.Finding? {
    guard index > 0, word == "}" || tokens[index].kind == .identifier else { return nil }
    let last = tokens[index - 1]
    let endsValue =
      last.kind == .number || before == ")" || before == "]"
      || last.kind == .identifier
        && (!GLSLWords.keywords.contains(before)
          || ["break", "continue", "discard", "return"].contains(before))
    let line = text.line(of: last.start)
    guard endsValue, !isDirective(line) else { return nil }
    let isLineBefore = line < text.line(of: tokens[index].start)
    guard isLineBefore || isType(word) else { return nil }
    return Advice.Finding(
      fault: .syntax, hint: "is a ';' missing here?", offset: isLineBefore ? last.end : nil)
  }

  /// `vector3 up`: two names, the first of which is no type.
  private func unknownType(_ before: String, _ word: String, _ index: Int) -> Advice.Finding? {
    guard index > 0, tokens[index].kind == .identifier, tokens[index - 1].kind == .identifier,
      !GLSLWords.keywords.contains(before), !GLSLWords.keywords.contains(word),
      text.line(of: tokens[index - 1].start) == text.line(of: tokens[index].start),
      !isDirective(text.line(of: tokens[index].start))
    else { return nil }
    let near = NearestName.of(before, among: Self.types.sorted())
    let hint = ForeignNames.hint(for: before) ?? near.map { "did you mean '\($0)'?" }
    return Advice.Finding(
      fault: .undeclared, hint: hint ?? "there is no type '\(before)'",
      offset: tokens[index - 1].start)
  }

  /// The innermost bracket that is open at the end.
  private var unclosed: String? {
    var open: [Token] = []
    for token in tokens where token.kind == .mark && !isDirective(text.line(of: token.start)) {
      switch text.bytes[token.start] {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): open.append(token)
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): _ = open.popLast()
      default: break
      }
    }
    return open.last.map {
      "the '\(word($0))' of line \(text.line(of: $0.start)) is never closed"
    }
  }

  /// More parentheses are opened than closed in the line, up to the token.
  private func opensMore(_ index: Int) -> Bool {
    let line = text.line(of: tokens[index].start)
    var depth = 0
    for token in tokens[..<index].reversed() {
      guard text.line(of: token.start) == line else { break }
      if text.bytes[token.start] == UInt8(ascii: "(") { depth += 1 }
      if text.bytes[token.start] == UInt8(ascii: ")") { depth -= 1 }
    }
    return depth > 0
  }

  private func isDirective(_ line: Int) -> Bool {
    text.bytes[text.range(ofLine: line)].first { !$0.isBlank } == UInt8(ascii: "#")
  }

  private func word(_ index: Int) -> String { tokens[safe: index].map(word) ?? "" }

  private func word(_ token: Token) -> String {
    String(decoding: text.bytes[token.start..<token.end], as: UTF8.self)
  }

  private func isType(_ word: String) -> Bool { Self.types.contains(word) }

  private func isReserved(_ word: String) -> Bool {
    GLSLWords.keywords.contains(word) || GLSLWords.formerNames.contains(word)
  }

  private static let types: Set<String> = GLSLWords.keywords.subtracting(GLSLWords.neverTypes)
    .subtracting(["true", "false", "struct", "defined"])
}
