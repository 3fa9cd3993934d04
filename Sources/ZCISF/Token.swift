/// A piece of GLSL text that cannot be divided: together, tokens are the whole text.
struct Token: Hashable, Sendable {
  enum Kind: UInt8, Sendable {
    /// White space within a line, and other control characters.
    case blank
    /// One LF, CR LF or CR.
    case lineBreak
    /// A backslash and the line break after it.
    case continuation
    case comment
    /// The `#` that begins a preprocessor line.
    case directive
    case identifier
    case number
    /// One byte of anything else.
    case mark
  }

  var kind: Kind
  var start: Int
  var end: Int

  /// It separates others and means nothing itself.
  var isSpace: Bool {
    switch kind {
    case .blank, .lineBreak, .continuation, .comment: true
    case .directive, .identifier, .number, .mark: false
    }
  }
}
