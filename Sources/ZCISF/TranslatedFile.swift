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
  /// What the prelude must declare for the new text.
  let declarations: String
  /// The new text.
  let string: String

  init(
    _ code: AuthorCode, stage: Translation.Stage, names: NameMap, output: FragmentOutput,
    dialect: Dialect, inputs: [InputDescription]
  ) {
    let isFragment = stage == .fragment
    let mayHide = !code.functions.isDisjoint(with: GLSLWords.hideableFunctions)
    // Without const, desktop OpenGL lets globals have any value.
    let mayMove = dialect.isES || code.mentioned.contains("const")
    let outline = mayHide || mayMove ? Outline(code.code) : Outline([])
    let hidden = HiddenFunctions(code, outline, names, dialect: dialect)
    var edits = CodeEdits()
    var globals = GlobalInitializers(code, outline, isES: dialect.isES)
    if mayMove {
      let rules = RewriteRules(
        code, stage: stage, names: names, output: output, dialect: dialect,
        hiding: hidden.names, wrapsMain: false)
      globals.move(outline, into: &edits) { index in
        rules.replacement(at: index) ?? code.string(code.tokens[index])
      }
    }
    if dialect.isES {
      var conversions = ConversionReader(code, outline, inputs: inputs, dialect: dialect)
      conversions.write(into: &edits)
    }
    if dialect.isES, !dialect.hasImplicitConversions {
      FloatLiterals(code, inputs: inputs).write(into: &edits)
    }
    for (token, macro, isRepeated) in code.definitions
    where isRepeated || names.macros.contains(macro) {
      edits.putLine("#undef \(macro)", before: token)
    }
    let rules = RewriteRules(
      code, stage: stage, names: names, output: output, dialect: dialect,
      hiding: hidden.names,
      wrapsMain: globals.wrapsMain)
    var unset = UnsetVariables(code, isFragment ? output : nil)
    unset.set(into: &edits) { index in
      rules.replacement(at: index) ?? code.string(code.tokens[index])
    }
    var rewrite = Rewrite(
      of: code.text.bytes, number: isFragment ? SourceNumber.fragment : SourceNumber.vertex)
    var omitsLine = false
    for (index, token) in code.tokens.enumerated() {
      switch token.kind {
      case .lineBreak: omitsLine = false
      case .directive: omitsLine = Self.isStray(after: index, in: code)
      default: break
      }
      let edit = edits[index]
      if let edit {
        if !edit.line.isEmpty { rewrite.insertLine(edit.line) }
        rewrite.insert(edit.before)
      }
      defer { if let edit { rewrite.insert(edit.after) } }
      if omitsLine || index == code.header || edit?.isOmitted == true {
        rewrite.omit(token)
      } else if token.kind == .identifier, let word = rules.replacement(at: index) {
        rewrite.replace(token, by: word)
      } else {
        rewrite.copy(token)
      }
    }
    rewrite.finish()
    declarations = hidden.declarations
    author = code.text
    columns = rewrite.columns
    interface = Dictionary(
      code.interface.map { ($0.name, code.tokens[$0.token].start) }, uniquingKeysWith: { $1 })
    macros = code.macros.union(names.macros)
    string = String(decoding: rewrite.text, as: UTF8.self) + globals.main
  }

  /// The preprocessor line says what the prelude says, or would spoil the line numbers.
  private static func isStray(after index: Int, in code: AuthorCode) -> Bool {
    guard let next = code.nextInLine(after: index) else { return false }
    return ["version", "extension", "line"].contains(code.string(next))
  }
}
