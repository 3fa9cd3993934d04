/// From a driver's column to the author's.
extension TranslatedFile {
  /// The byte in the author's line, from 0; nil where nothing sure can be said. `column` counts
  /// from 1, 0 is unknown. Drivers count after macros are expanded, so a name that the message
  /// quotes is looked for, and the nearest taken.
  func authorColumn(line: Int, column: Int, naming message: String) -> Int? {
    let range = author.range(ofLine: line)
    let tokens = Tokenizer.tokens(of: author.bytes, in: range).filter { $0.kind == .identifier }
    let guess = column > 0 ? columns.authorColumn(line: line, column: column - 1) : 0
    if let name = Self.quotedName(in: message) {
      let places = tokens.filter { word($0) == name }.map { $0.start - range.lowerBound }
      if let nearest = places.min(by: { abs($0 - guess) < abs($1 - guess) }) { return nearest }
    }
    guard column > 0 else { return nil }
    let isSure = !tokens.contains {
      $0.start - range.lowerBound < guess && macros.contains(word($0))
    }
    return isSure ? guess : nil
  }

  private func word(_ token: Token) -> String {
    String(decoding: author.bytes[token.start..<token.end], as: UTF8.self)
  }

  /// The identifier that follows the first quotation mark: `foo' undeclared, "foo", 'foo'.
  static func quotedName(in message: String) -> String? {
    let bytes = Array(message.utf8)
    let marks = [UInt8(ascii: "`"), UInt8(ascii: "'"), UInt8(ascii: "\"")]
    guard let mark = bytes.firstIndex(where: marks.contains) else { return nil }
    let name = bytes[(mark + 1)...].prefix(while: \.continuesIdentifier)
    return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
  }
}
