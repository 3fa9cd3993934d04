internal import ZCCore

/// What an author can do about a driver's complaint, as far as the text shows it.
struct Advice {
  /// What to tell instead of what the driver says, where we know better.
  struct Finding {
    var fault: Fault
    var hint: String?
    /// Where it really is, in bytes of the author's text.
    var offset: Int?
  }

  private let names: NameMap
  private let text: AuthorText
  private let declared: Set<String>
  private let functions: Set<String>

  init(names: NameMap, text: AuthorText) {
    self.names = names
    self.text = text
    let code = AuthorCode(text)
    declared = code.declared
    functions = code.functions
  }

  /// For a message at the byte at `offset`, nil where the driver names no place.
  func finding(_ fault: Fault, _ message: String, at offset: Int?) -> Finding {
    let subject = TranslatedFile.quotedNames(in: message)
    let name = subject.first ?? ""
    switch fault {
    case .undeclared: return Finding(fault: fault, hint: spelling(of: name))
    case .call: return Finding(fault: fault, hint: callHint(name, message))
    case .syntax, .reserved: return SyntaxAdvice(text).finding(fault, message, at: offset)
    case .main: return Finding(fault: fault, hint: mainHint)
    case .type: return Finding(fault: fault, hint: Self.typeHint(message))
    case .readOnly: return Finding(fault: fault, hint: readOnlyHint(subject))
    case .redeclared where names.taken.contains(name):
      return Finding(fault: fault, hint: "ISF declares '\(name)' itself: leave this out")
    default: return Finding(fault: fault, hint: Self.hint(fault, message))
    }
  }

  /// For a name that nobody declares.
  private func spelling(of name: String) -> String? {
    if let hint = ForeignNames.hint(for: name) { return hint }
    // Two letters are like any two others.
    guard name.utf8.count > 2 else { return nil }
    let known = names.taken.union(declared).subtracting([name])
    let near =
      NearestName.of(name, among: known.sorted())
      ?? NearestName.of(name, among: GLSLWords.builtInFunctions.sorted())
    return near.map { "did you mean '\($0)'?" }
  }

  private func callHint(_ name: String, _ message: String) -> String? {
    if let signature = ForeignNames.signatures[name] { return "it is called as \(signature)" }
    if declared.contains(name), !functions.contains(name) {
      return "'\(name)' is a variable here, which hides the function: give it another name"
    }
    let isKnown = functions.contains(name) || GLSLWords.builtInFunctions.contains(name)
    guard isKnown else { return spelling(of: name) }
    // The functions that there are follow in the log.
    if message.hasSuffix("candidates are:") || message.contains("ambiguous") { return nil }
    return "its arguments are of other types, or too many or few; a float has a point: 2.0"
  }

  private var mainHint: String {
    functions.contains("mainImage") && !functions.contains("main")
      ? "mainImage is Shadertoy's: 'zcgpu convert shadertoy FILE' converts it"
      : "an ISF shader has one 'void main() { … }', which sets gl_FragColor"
  }

  private func readOnlyHint(_ subject: [String]) -> String {
    if let name = subject.first(where: names.taken.contains) {
      return "'\(name)' is set from outside: copy it to a variable of your own"
    }
    return "a const, a uniform and an 'in' can only be read: copy it to a variable of your own"
  }

  private static func typeHint(_ message: String) -> String? {
    let words = Set(
      message.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "%") }.map(String.init))
    if words.contains("void") { return "this function gives no value" }
    if words.contains("bool") || words.contains("numeric") {
      return "float(b) makes 1.0 or 0.0 of a bool"
    }
    if words.contains("%") { return "'%' is for integers: use mod(x, y)" }
    let mixes = words.contains("int") && words.contains("float")
    if mixes || message.contains("implicitly convert") {
      let toInt =
        message.hasSuffix("int") || message.hasSuffix("int'") || message.hasSuffix("int\"")
      return toInt && !words.isDisjoint(with: ["assigned", "convert", "cast"])
        ? "int(x) makes an int of a float, float(i) a float of an int"
        : "write a float with a point, 1.0 say; float(i) makes one of an int"
    }
    if words.contains("boolean") {
      return "a condition is a bool: compare, x > 0.5 or i != 0 say"
    }
    if message.contains("construct") || words.contains("data") {
      return "a vector takes as many numbers as it has components, or one for all"
    }
    if message.contains("mismatch") || words.contains("vec2") || words.contains("vec3")
      || words.contains("vec4") || words.contains("component")
    {
      return "both sides need as many components: v.xy takes two of a longer vector"
    }
    return nil
  }

  /// What needs no look at the text.
  private static func hint(_ fault: Fault, _ message: String) -> String? {
    let words = message.lowercased()
    func mentions(_ phrases: String...) -> Bool { phrases.contains { words.contains($0) } }
    switch fault {
    case .constant:
      return "what is known only while drawing is set at the beginning of main()"
    case .component:
      return "a vec2 has x and y, a vec3 z too, a vec4 w too; a float has none"
    case .output: return "use gl_FragColor or an 'out' of your own, not both"
    case .recursion: return "GLSL has no recursion: use a loop"
    case .preprocessor:
      if mentions("undefined macro", "conditional expression") {
        return "OpenGL ES wants to know first whether it is there: '#if defined(NAME)'"
      }
      if mentions("unterminated", "end of file") {
        return "every #if, #ifdef and #ifndef ends with an #endif"
      }
      if mentions("include") { return "ISF has no #include: paste the file's text" }
      return nil
    case .link:
      if mentions("matching output", "not match any") {
        return "a varying is set by a vertex shader: a .vs file of the same name"
      }
      if mentions("unresolved", "is undefined") { return "it is declared, and written nowhere" }
      return nil
    default: return nil
    }
  }
}
