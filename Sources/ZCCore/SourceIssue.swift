/// One problem at one place of a file that the author wrote.
package struct SourceIssue: Hashable, Sendable {
  /// The file's path as the caller gave it, or nil for source text without a file.
  package var path: String?
  /// Line in the author's file; the first line is 1. 0 when the place is unknown.
  package var line: Int
  /// Column in that line, counted in characters; the first is 1. 0 when unknown.
  package var column: Int
  /// What is wrong, without the place.
  package var message: String
  /// The author's own line, as written.
  package var excerpt: String?
  /// What would fit, where we know.
  package var hint: String?

  package init(
    path: String? = nil, line: Int = 0, column: Int = 0, message: String,
    excerpt: String? = nil, hint: String? = nil
  ) {
    self.path = path
    self.line = line
    self.column = column
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
  /// `file:line:column: error: message`, the author's line with a caret below it, and the hint.
  package var description: String {
    var text = "\(place): error: \(message)"
    if let excerpt {
      let (line, caret) = quote(excerpt)
      text += "\n    \(line)"
      if caret > 0 {
        let lead = line.prefix(caret - 1).map { $0 == "\t" ? Character("\t") : Character(" ") }
        text += "\n    \(String(lead))^"
      }
    }
    if let hint { text += "\n  hint: \(hint)" }
    return text
  }

  /// The longest quotation, in characters: some shaders are one line.
  private static let longestQuote = 160

  /// A line and where the caret goes in it; of a very long one, what is around the column.
  private func quote(_ line: String) -> (text: String, caret: Int) {
    let surplus = line.count - Self.longestQuote
    guard surplus > 0 else { return (line, column) }
    let start = Swift.min(Swift.max(0, column - Self.longestQuote / 2), surplus)
    let part = line.dropFirst(start).prefix(Self.longestQuote)
    let lead = start > 0 ? "…" : ""
    let end = start < surplus ? "…" : ""
    return (lead + part + end, column > 0 ? column - start + lead.count : 0)
  }
}
