/// The author's text turned into what the driver gets, line for line.
struct Rewrite: Sendable {
  /// The new text, with LF line breaks, and one at its end.
  private(set) var text: [UInt8] = []
  private(set) var columns = ColumnMap()
  private let source: [UInt8]
  private var line = 1
  private var lineStart = 0

  init(of source: [UInt8]) {
    self.source = source
    text.reserveCapacity(source.count + 64)
  }

  /// Copies a token as it stands.
  mutating func copy(_ token: Token) {
    switch token.kind {
    case .lineBreak, .continuation, .comment, .blank: copySpace(token)
    case .directive, .identifier, .number, .mark:
      text.append(contentsOf: source[token.start..<token.end])
    }
  }

  /// Puts `replacement` in the place of a token.
  mutating func replace(_ token: Token, by replacement: String) {
    let start = text.count
    text.append(contentsOf: replacement.utf8)
    columns.note(
      line: line, column: start - lineStart, length: text.count - start,
      authorLength: token.end - token.start)
  }

  /// Leaves a token out, but for its line breaks.
  mutating func omit(_ token: Token) {
    var hidden = 0
    var previous: UInt8 = 0
    for byte in source[token.start..<token.end] {
      if byte.isLineBreak {
        if !(byte == .lineFeed && previous == .carriageReturn) { breakLine() }
        hidden = 0
      } else {
        hidden += 1
      }
      previous = byte
    }
    guard hidden > 0 else { return }
    columns.note(line: line, column: text.count - lineStart, length: 0, authorLength: hidden)
  }

  /// Ends the text with a line break.
  mutating func finish() {
    if text.last != .lineFeed { breakLine() }
  }

  /// Copies with LF line breaks and, as old GLSL knows nothing else, in ASCII.
  private mutating func copySpace(_ token: Token) {
    var previous: UInt8 = 0
    for byte in source[token.start..<token.end] {
      if byte.isLineBreak {
        if !(byte == .lineFeed && previous == .carriageReturn) { breakLine() }
      } else {
        text.append(byte == .tab || byte > 0x20 && byte < 0x7F ? byte : .space)
      }
      previous = byte
    }
  }

  private mutating func breakLine() {
    text.append(.lineFeed)
    line += 1
    lineStart = text.count
  }
}
