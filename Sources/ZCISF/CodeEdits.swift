/// What becomes of single tokens beyond their own renaming, by their places among all tokens.
struct CodeEdits: Sendable {
  struct Edit: Sendable {
    /// A line of its own before the token.
    var line = ""
    var before = ""
    var after = ""
    /// The token itself goes.
    var isOmitted = false
  }

  private var edits: [Int: Edit] = [:]

  subscript(token: Int) -> Edit? { edits.isEmpty ? nil : edits[token] }

  mutating func putLine(_ text: String, before token: Int) {
    edits[token, default: Edit()].line += text
  }

  /// What is put before a token later stands before what is there already.
  mutating func put(_ text: String, before token: Int) {
    let edit = edits[token] ?? Edit()
    edits[token, default: Edit()].before = text + edit.before
  }

  /// What is put behind a token later stands behind what is there already.
  mutating func put(_ text: String, after token: Int) {
    edits[token, default: Edit()].after += text
  }

  mutating func omit(_ token: Int) { edits[token, default: Edit()].isOmitted = true }
}
