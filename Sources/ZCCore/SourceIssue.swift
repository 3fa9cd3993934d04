/// One problem at one place of a file that the author wrote.
package struct SourceIssue: Hashable, Sendable {
  package enum Severity: String, Hashable, Sendable { case error, warning }

  /// The file's path as the caller gave it, or nil for source text without a file.
  package var path: String?
  /// Line in the author's file; the first line is 1. 0 when the place is unknown.
  package var line: Int
  /// Column in that line, counted in Unicode scalars; the first is 1. 0 when unknown.
  package var column: Int
  /// The column behind the last one that is meant, in the same line. 0 when unknown.
  package var end: Int
  package var severity: Severity
  /// A short word that stays the same whatever the message says: docs/errors.md.
  package var code: String
  /// What is wrong, without the place.
  package var message: String
  /// The author's own line, as written.
  package var excerpt: String?
  /// What would fit, where we know.
  package var hint: String?

  package init(
    path: String? = nil, line: Int = 0, column: Int = 0, end: Int = 0,
    severity: Severity = .error, code: String = "", message: String, excerpt: String? = nil,
    hint: String? = nil
  ) {
    self.path = path
    self.line = line
    self.column = column
    self.end = end
    self.severity = severity
    self.code = code
    self.message = message
    self.excerpt = excerpt
    self.hint = hint
  }

  /// `file:line:column`, with what is unknown left out; source without a file is `<source>`.
  package var place: String {
    var place = path ?? "<source>"
    if line > 0 { place += ":\(line)" }
    if line > 0, column > 0 { place += ":\(column)" }
    return place
  }
}

extension SourceIssue: CustomStringConvertible {
  /// `file:line:column: error: message [code]`, the author's line with what is meant marked below
  /// it, and the hint. Each is a line of its own, whatever the author wrote.
  package var description: String {
    var text = "\(place): \(severity.rawValue): \(Self.oneLine(message))"
    if !code.isEmpty { text += " [\(code)]" }
    if let excerpt {
      let quote = quote(excerpt)
      text += "\n    \(quote.text)"
      if let mark = quote.mark { text += "\n    \(mark)" }
    }
    if let hint { text += "\n  hint: \(Self.oneLine(hint))" }
    return text
  }

  /// The longest quotation, in characters: some shaders are one line.
  private static let longestQuote = 160

  /// A line, and the caret and waves below it; of a very long one, what is around the column.
  private func quote(_ line: String) -> (text: String, mark: String?) {
    let scalars = Array(line.unicodeScalars)
    let surplus = scalars.count - Self.longestQuote
    var start = 0
    var text = line
    var lead = ""
    if surplus > 0 {
      start = Swift.min(Swift.max(0, column - Self.longestQuote / 2), surplus)
      lead = start > 0 ? "…" : ""
      text = lead + Self.string(scalars[start...].prefix(Self.longestQuote))
      text += start < surplus ? "…" : ""
    }
    guard column > 0 else { return (text, nil) }
    let before = lead + Self.string(scalars[start...].prefix(column - 1 - start))
    let space = before.map { $0 == "\t" ? "\t" : " " }.joined()
    let length = Swift.min(Swift.max(0, end - column), Self.longestQuote / 2)
    let meant = Self.string(scalars.dropFirst(column - 1).prefix(length))
    return (text, space + "^" + String(repeating: "~", count: Swift.max(0, meant.count - 1)))
  }

  private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars)
    return text
  }

  private static func oneLine(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 })
  }
}
