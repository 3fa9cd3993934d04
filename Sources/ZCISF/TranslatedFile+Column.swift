/// From a driver's column to the author's.
extension TranslatedFile {
  /// The byte in the author's line, from 0; nil where nothing sure can be said. `column` counts
  /// from 1, 0 is unknown. Drivers count after macros are expanded, so a name that the message
  /// quotes is looked for, and the nearest taken.
  func authorColumn(line: Int, column: Int, naming message: String) -> Int? {
    let range = author.range(ofLine: line)
    let tokens = Tokenizer.tokens(of: author.bytes, in: range).filter { !$0.isSpace }
    let guess = column > 0 ? columns.authorColumn(line: line, column: column - 1) : 0
    if let sign = Self.quotedSign(in: message), column == 0 {
      // An operator is meant where there is only one such.
      let places = tokens.indices.filter { isSign(sign, at: $0, in: tokens) }
      return places.count == 1 ? tokens[places[0]].start - range.lowerBound : nil
    }
    // A type is meant as a word only where the driver met it there.
    let meansWords =
      message.first.map("'`\"".contains) == true || message.lowercased().contains("syntax")
    for name in Self.quotedNames(in: message)
    where meansWords || !GLSLWords.keywords.contains(name) {
      let places = tokens.filter { word($0) == name }.map { $0.start - range.lowerBound }
      if let nearest = places.min(by: { abs($0 - guess) < abs($1 - guess) }) { return nearest }
    }
    guard column > 0 else { return nil }
    let isSure = !tokens.contains {
      $0.start - range.lowerBound < guess && macros.contains(word($0))
    }
    return isSure ? guess : nil
  }

  /// The first place where a function of that name is declared, written or called, in bytes.
  func calledPlace(of name: String) -> Int? {
    let tokens = Tokenizer.tokens(of: author.bytes, in: 0..<author.bytes.count)
      .filter { !$0.isSpace }
    for (token, next) in zip(tokens, tokens.dropFirst())
    where token.kind == .identifier && author.bytes[next.start] == UInt8(ascii: "(")
      && author.bytes[token.start..<token.end].elementsEqual(name.utf8)
    {
      return token.start
    }
    return nil
  }

  private func word(_ token: Token) -> String {
    String(decoding: author.bytes[token.start..<token.end], as: UTF8.self)
  }

  /// The operator begins there, and is no part of a longer one.
  private func isSign(_ sign: String, at index: Int, in tokens: [Token]) -> Bool {
    let bytes = author.bytes
    let start = tokens[index].start
    let end = start + sign.utf8.count
    func continues(_ place: Int) -> Bool {
      bytes[safe: place].map("=<>!+-*/&|^%".utf8.contains) ?? false
    }
    guard bytes[start...].starts(with: sign.utf8) else { return false }
    return !continues(start) || !continues(start - 1) && !continues(end)
  }

  /// The names that a message is about, the likeliest first: those in quotation marks (`foo',
  /// 'foo', "foo(vec2)", `float f(float)'), and what stands behind the last colon.
  static func quotedNames(in message: String) -> [String] {
    var names = quotations(in: message).compactMap(name(in:))
    if let colon = message.lastIndex(of: ":") {
      let tail = message[message.index(after: colon)...].drop { $0 == " " }
      if let name = name(in: Array(tail.utf8)) { names.append(name) }
    }
    return names
  }

  /// The operator that a message quotes first: '*' : wrong operand types.
  private static func quotedSign(in message: String) -> String? {
    guard let first = quotations(in: message).first, !first.isEmpty, first.count <= 3,
      first.allSatisfy({ !$0.continuesIdentifier && $0 > UInt8.space })
    else { return nil }
    return String(decoding: first, as: UTF8.self)
  }

  /// What stands in quotation marks, in order.
  private static func quotations(in message: String) -> [[UInt8]] {
    let bytes = Array(message.utf8)
    var found: [[UInt8]] = []
    var position = 0
    while position < bytes.count {
      let closing: UInt8
      switch bytes[position] {
      case UInt8(ascii: "`"), UInt8(ascii: "'"): closing = UInt8(ascii: "'")
      case UInt8(ascii: "\""): closing = UInt8(ascii: "\"")
      default:
        position += 1
        continue
      }
      position += 1
      guard let end = bytes[position...].firstIndex(of: closing) else { continue }
      found.append(Array(bytes[position..<end]))
      position = end + 1
    }
    return found
  }

  /// `foo`, `foo(…)` and `type foo(…)` name foo; an unended quotation is one.
  private static func name(in words: [UInt8]) -> String? {
    let head = words.prefix { $0 != UInt8(ascii: "(") }
    let parts = head.split(separator: .space)
    guard let last = parts.last, parts.count == 1 || head.count < words.count,
      last.first?.beginsIdentifier == true, last.allSatisfy(\.continuesIdentifier)
    else { return nil }
    return String(decoding: last, as: UTF8.self)
  }
}
