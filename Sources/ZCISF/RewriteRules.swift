/// Which of the author's identifiers become others.
struct RewriteRules {
  private let code: AuthorCode
  private let isFragment: Bool
  private let isES: Bool
  private let names: NameMap
  private let output: FragmentOutput
  /// Words that today's GLSL reserves and the author declares.
  private let reserved: Set<String>
  /// Functions that hide a built-in.
  private let hiding: Set<String>
  /// Another `main` calls the author's.
  private let wrapsMain: Bool
  /// Declarations of what the prelude declares already, by their tokens.
  private let repeated: [Int: String]

  init(
    _ code: AuthorCode, stage: Translation.Stage, names: NameMap, output: FragmentOutput,
    dialect: Dialect, hiding: Set<String>, wrapsMain: Bool
  ) {
    self.code = code
    self.hiding = hiding
    self.wrapsMain = wrapsMain
    self.isFragment = stage == .fragment
    isES = dialect.isES
    self.names = names
    self.output = output
    reserved = code.declared.intersection(GLSLWords.formerNames)
    var repeated: [Int: String] = [:]
    for name in code.interface where names.taken.contains(name.name) || name.isOutputColor {
      repeated[name.token] = "isf_again\(repeated.count)"
    }
    self.repeated = repeated
  }

  /// What the identifier at `index` becomes; nil where it stays.
  func replacement(at index: Int) -> String? {
    if let word = repeated[index] { return word }
    guard let token = code.tokens[safe: index] else { return nil }
    let word = code.string(token)
    switch word {
    case "varying": return isFragment ? "in" : "out"
    case "attribute": return "in"
    // Authors write these for telephones. Mesa takes them at their word, with 16 bits.
    case "mediump", "lowp": return isES && !code.macros.contains(word) ? "highp" : nil
    case "gl_FragColor": return isFragment ? output.color : nil
    case "gl_FragData": return isFragment ? "isf_FragData" : nil
    case "main": return wrapsMain ? "isf_main" : nil
    case "fragColor": return isFragment && output.adoptsFragColor ? output.color : nil
    default: break
    }
    if reserved.contains(word) || names.renames(word) {
      return isQualifier(index) ? nil : NameMap.substitute(for: word)
    }
    if names.renamesUncalled(word), !isCalled(index) { return NameMap.substitute(for: word) }
    if hiding.contains(word), !isMember(index) || !isCalled(index) {
      return names.substitute(forFunction: word)
    }
    if let successor = GLSLWords.successors[word], !code.declared.contains(word),
      !code.macros.contains(word)
    {
      return successor
    }
    return nil
  }

  /// A qualifier stands before another word: `smooth in vec2`.
  private func isQualifier(_ index: Int) -> Bool { code.next(after: index)?.kind == .identifier }

  /// `a.length()` is nobody's own function.
  private func isMember(_ index: Int) -> Bool {
    guard let previous = code.tokens[..<index].last(where: { !$0.isSpace }) else { return false }
    return code.text.bytes[safe: previous.start] == UInt8(ascii: ".")
  }

  private func isCalled(_ index: Int) -> Bool {
    guard let next = code.next(after: index) else { return false }
    return code.text.bytes[safe: next.start] == UInt8(ascii: "(")
  }
}

extension AuthorCode.InterfaceName {
  /// GLSL before 1.30 has this output built in.
  fileprivate var isOutputColor: Bool { direction == .output && name == "gl_FragColor" }
}
