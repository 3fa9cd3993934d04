/// The author's text turned into what the driver gets, line for line.
///
/// Comments and runs of white space become one space: old GLSL allows nothing but ASCII, and
/// drivers that count columns after that change count right.
struct Rewrite: Sendable {
  /// The new text, with LF line breaks, and one at its end.
  private(set) var text: [UInt8] = []
  private(set) var columns = ColumnMap()
  private let source: [UInt8]
  private var line = 1
  private var lineStart = 0
  /// The author's bytes, since the last token, that are a space or nothing here.
  private var hidden = 0
  private var needsSpace = false
  /// A preprocessor line stays one line: breaks inside it are made up for at its end.
  private var isDirective = false
  private var owedBreaks = 0

  /// What driver logs call the text.
  private let number: Int

  init(of source: [UInt8], number: Int) {
    self.source = source
    self.number = number
    text.reserveCapacity(source.count + 64)
  }

  /// Copies a token as it stands.
  mutating func copy(_ token: Token) {
    switch token.kind {
    case .lineBreak: endLine()
    case .blank, .continuation, .comment: pass(token)
    case .directive, .identifier, .number, .mark:
      if token.kind == .directive { isDirective = true }
      flushSpace()
      text.append(contentsOf: source[token.start..<token.end])
    }
  }

  /// Puts `replacement` in the place of a token.
  mutating func replace(_ token: Token, by replacement: String) {
    flushSpace()
    let start = text.count
    text.append(contentsOf: replacement.utf8)
    columns.note(
      line: line, column: start - lineStart, length: text.count - start,
      authorLength: token.end - token.start)
  }

  /// Adds what the author has not written.
  mutating func insert(_ addition: String) {
    guard !addition.isEmpty else { return }
    flushSpace()
    columns.note(
      line: line, column: text.count - lineStart, length: addition.utf8.count, authorLength: 0)
    text.append(contentsOf: addition.utf8)
  }

  /// Adds a line of its own; the author's goes on in the same line and column as before.
  mutating func insertLine(_ addition: String) {
    flushSpace()
    let column = text.count - lineStart
    text.append(contentsOf: "\n\(addition)\n#line \(line) \(number)\n".utf8)
    lineStart = text.count
    text.append(contentsOf: repeatElement(.space, count: column))
  }

  /// Leaves a token out, but for its line breaks.
  mutating func omit(_ token: Token) {
    if token.kind == .lineBreak { endLine() } else { pass(token) }
  }

  /// Ends the text with a line break.
  mutating func finish() {
    if text.count > lineStart || owedBreaks > 0 { endLine() }
  }

  /// Makes a token nothing but a space and its line breaks.
  private mutating func pass(_ token: Token) {
    var previous: UInt8 = 0
    for byte in source[token.start..<token.end] {
      hidden += 1
      if byte.isLineBreak {
        if !(byte == .lineFeed && previous == .carriageReturn) {
          if isDirective { owedBreaks += 1 } else { breakLine() }
        } else if !isDirective {
          hidden = 0
        }
      }
      previous = byte
    }
    needsSpace = true
  }

  private mutating func flushSpace() {
    let length = needsSpace ? 1 : 0
    if hidden != length {
      columns.note(
        line: line, column: text.count - lineStart, length: length, authorLength: hidden)
    }
    if needsSpace { text.append(.space) }
    needsSpace = false
    hidden = 0
  }

  private mutating func endLine() {
    breakLine()
    while owedBreaks > 0 {
      breakLine()
      owedBreaks -= 1
    }
    isDirective = false
  }

  private mutating func breakLine() {
    text.append(.lineFeed)
    line += 1
    lineStart = text.count
    hidden = 0
    needsSpace = false
  }
}
