/// Divides GLSL text into tokens, in one pass.
struct Tokenizer {
  private let bytes: [UInt8]
  private var position: Int
  private let end: Int
  /// Nothing but space stands before the position in its line.
  private var isLineStart = true

  static func tokens(of bytes: [UInt8], in range: Range<Int>) -> [Token] {
    var tokenizer = Tokenizer(bytes, in: range)
    var tokens: [Token] = []
    while let token = tokenizer.next() { tokens.append(token) }
    return tokens
  }

  private init(_ bytes: [UInt8], in range: Range<Int>) {
    self.bytes = bytes
    self.position = range.lowerBound
    self.end = min(range.upperBound, bytes.count)
  }

  private mutating func next() -> Token? {
    guard let byte = byte(0) else { return nil }
    let start = position
    let kind = advance(over: byte)
    switch kind {
    case .lineBreak: isLineStart = true
    case .blank, .continuation, .comment: break
    case .directive, .identifier, .number, .mark: isLineStart = false
    }
    return Token(kind: kind, start: start, end: position)
  }

  private mutating func advance(over byte: UInt8) -> Token.Kind {
    if byte.beginsIdentifier {
      skip(while: \.continuesIdentifier)
      return .identifier
    }
    if byte.isBlank {
      skip(while: \.isBlank)
      return .blank
    }
    if byte.isLineBreak {
      skipLineBreak()
      return .lineBreak
    }
    if byte.isDigit || byte == UInt8(ascii: ".") && self.byte(1)?.isDigit == true {
      skipNumber()
      return .number
    }
    switch (byte, self.byte(1)) {
    case (UInt8(ascii: "/"), UInt8(ascii: "/")):
      skipLineComment()
      return .comment
    case (UInt8(ascii: "/"), UInt8(ascii: "*")):
      skipBlockComment()
      return .comment
    case (UInt8(ascii: "\\"), let next?) where next.isLineBreak:
      position += 1
      skipLineBreak()
      return .continuation
    default:
      position += 1
      return byte == UInt8(ascii: "#") && isLineStart ? .directive : .mark
    }
  }

  private mutating func skip(while fits: (UInt8) -> Bool) {
    while position < end, fits(bytes[position]) { position += 1 }
  }

  private mutating func skipLineBreak() {
    let isPair = byte(0) == .carriageReturn && byte(1) == .lineFeed
    position += isPair ? 2 : 1
  }

  /// A number as the preprocessor sees it: `1.0e-3`, `0x1Fu`, `2.f`.
  private mutating func skipNumber() {
    var previous: UInt8 = 0
    while let byte = byte(0) {
      let isSign = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
      let isExponent = isSign && previous | 0x20 == UInt8(ascii: "e")
      guard byte.continuesIdentifier || byte == UInt8(ascii: ".") || isExponent else { return }
      previous = byte
      position += 1
    }
  }

  /// A backslash at the end of the line carries the comment on, as it does in GLSL.
  private mutating func skipLineComment() {
    while let byte = byte(0) {
      if byte.isLineBreak { return }
      position += 1
      if byte == UInt8(ascii: "\\"), self.byte(0)?.isLineBreak == true { skipLineBreak() }
    }
  }

  private mutating func skipBlockComment() {
    position += 2
    while let byte = byte(0) {
      position += 1
      guard byte == UInt8(ascii: "*"), self.byte(0) == UInt8(ascii: "/") else { continue }
      position += 1
      return
    }
  }

  private func byte(_ ahead: Int) -> UInt8? {
    position + ahead < end ? bytes[position + ahead] : nil
  }
}
