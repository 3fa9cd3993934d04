/// One of the author's texts as the driver gets it.
struct TranslatedFile: Sendable {
  /// What the author wrote.
  let author: AuthorText
  /// From columns of the new text to the author's.
  let columns: ColumnMap
  /// Where the names of the interface with the other stage, and uniforms, are declared, in bytes.
  let interface: [String: Int]
  /// Names whose expansion moves what stands behind them.
  let macros: Set<String>
  /// The new text.
  let string: String

  init(
    _ code: AuthorCode, stage: Translation.Stage, names: NameMap, output: FragmentOutput,
    dialect: Dialect
  ) {
    var rewrite = Rewrite(of: code.text.bytes)
    let rules = RewriteRules(code, stage: stage, names: names, output: output, dialect: dialect)
    var omitsLine = false
    for (index, token) in code.tokens.enumerated() {
      switch token.kind {
      case .lineBreak: omitsLine = false
      case .directive: omitsLine = Self.isStray(after: index, in: code)
      default: break
      }
      if omitsLine || index == code.header {
        rewrite.omit(token)
      } else if token.kind == .identifier, let word = rules.replacement(at: index) {
        rewrite.replace(token, by: word)
      } else {
        rewrite.copy(token)
      }
    }
    rewrite.finish()
    author = code.text
    columns = rewrite.columns
    interface = Dictionary(
      code.interface.map { ($0.name, code.tokens[$0.token].start) }, uniquingKeysWith: { $1 })
    macros = code.macros.union(names.macros)
    string = String(decoding: rewrite.text, as: UTF8.self)
  }

  /// The preprocessor line says what the prelude says, or would spoil the line numbers.
  private static func isStray(after index: Int, in code: AuthorCode) -> Bool {
    guard let next = code.nextInLine(after: index) else { return false }
    return ["version", "extension", "line"].contains(code.string(next))
  }
}
