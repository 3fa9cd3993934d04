internal import ZCCore

/// A text of GLSL that stands for itself at Shadertoy: a pass with what it shares, or what all
/// share.
struct ShadertoyUnit: Sendable {
  let code: AuthorCode
  /// What it declares outside of all brackets.
  let globals: Set<String>
  /// What its `#define` and `#undef` name.
  let macros: Set<String>
  /// The tokens that name members of structures: those keep their names, as what asks for them does.
  private let members: Set<Int>

  init(_ text: AuthorText) throws(ZCError) {
    code = AuthorCode(text)
    globals = Self.globals(of: code)
    macros = code.macros.union(Self.undefined(in: code))
    members = Self.members(of: code.code)
    try checkEnd()
  }

  private static func members(of code: [CodeToken]) -> Set<Int> {
    var members: Set<Int> = []
    var body: Int?
    for (place, token) in code.enumerated() {
      guard let depth = body else {
        let isStructure = [1, 2].contains { code[safe: place - $0]?.name == "struct" }
        if token.isMark("{"), isStructure { body = token.depth + 1 }
        continue
      }
      if token.depth < depth { body = nil }
      guard token.depth == depth, token.name != nil, let previous = code[safe: place - 1] else {
        continue
      }
      let isDeclared = previous.name.map { !GLSLWords.neverTypes.contains($0) } ?? false
      if isDeclared || previous.isMark(",") || previous.isMark("]") { members.insert(token.index) }
    }
    return members
  }

  /// What `#undef` names.
  private static func undefined(in code: AuthorCode) -> [String] {
    code.tokens.indices.compactMap { index in
      guard code.tokens[index].kind == .directive else { return nil }
      let names = code.tokens[index...].prefix { $0.kind != .lineBreak }.lazy
        .filter { $0.kind == .identifier }.prefix(2).map { code.string($0) }
      return names.first == "undef" ? names.dropFirst().first : nil
    }
  }

  private static func globals(of code: AuthorCode) -> Set<String> {
    // Macros often write this one.
    var names: Set<String> = ["mainImage"]
    var scan = DeclarationScan()
    for (place, token) in code.code.enumerated() {
      let next = code.code[safe: place + 1]
      let finding = scan.step(token.word, next: next?.word)
      guard token.depth == 0, let name = token.name else { continue }
      switch finding {
      case .variable(let name), .function(let name), .interface(let name, _): names.insert(name)
      case .nothing:
        let previous = code.code[safe: place - 1]
        let isStructure = previous?.name == "struct"
        let isOfStructure =
          previous?.isMark("}") == true
          && [";", ",", "=", "["].contains { next?.isMark($0) == true }
        if isStructure || isOfStructure { names.insert(name) }
      }
    }
    return names
  }

  /// What is open at the end would go on in the next text.
  private func checkEnd() throws(ZCError) {
    if let last = code.tokens.last, last.kind == .comment,
      code.text.bytes[safe: last.start + 1] == UInt8(ascii: "*"),
      last.end - last.start < 4
        || !code.text.bytes[last.start..<last.end].ends(with: [.asterisk, .slash])
    {
      throw refusal(at: last.start, "this comment has no end", hint: "it ends with '*/'")
    }
    var open: [Int] = []
    for (index, token) in code.tokens.enumerated() where token.kind == .directive {
      guard let word = code.nextInLine(after: index) else { continue }
      switch code.string(word) {
      case "if", "ifdef", "ifndef": open.append(token.start)
      case "endif":
        if open.popLast() == nil { throw refusal(at: token.start, "this #endif ends no #if") }
      default: break
      }
    }
    if let start = open.last {
      throw refusal(at: start, "this condition has no end", hint: "it ends with #endif")
    }
  }

  private func refusal(at offset: Int, _ message: String, hint: String? = nil) -> ZCError {
    .shader(issues: [code.text.issue(at: offset, message, hint: hint)], log: "", generated: "")
  }

  /// The text with other names, byte for byte else. `textures` are the channels that
  /// `IMG_NORM_PIXEL` can read.
  func text(renaming names: [String: String], textures: Set<String>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(code.text.bytes.count + 1024)
    var isMember = false
    for (index, token) in code.tokens.enumerated() {
      let bytes = code.text.bytes[token.start..<token.end]
      if token.kind == .identifier, !isMember, !members.contains(index),
        let name = name(at: index, names, textures)
      {
        text.append(contentsOf: name.utf8)
      } else {
        text.append(contentsOf: bytes)
      }
      if !token.isSpace { isMember = token.kind == .mark && bytes.first == .dot }
    }
    return text
  }

  private func name(
    at index: Int, _ names: [String: String], _ textures: Set<String>
  ) -> String? {
    let word = code.string(code.tokens[index])
    if let name = names[word] { return name }
    guard word == "texture" || word == "texture2D", !code.declared.contains(word),
      !code.macros.contains(word)
    else { return nil }
    var words = code.tokens[(index + 1)...].lazy.filter { !$0.isSpace }.prefix(2).makeIterator()
    guard let bracket = words.next(), code.text.bytes[safe: bracket.start] == UInt8(ascii: "("),
      let image = words.next(), textures.contains(code.string(image))
    else { return nil }
    return "IMG_NORM_PIXEL"
  }
}

extension Collection<UInt8> where Self: BidirectionalCollection {
  fileprivate func ends(with end: [UInt8]) -> Bool { suffix(end.count).elementsEqual(end) }
}

extension UInt8 {
  fileprivate static let asterisk = UInt8(ascii: "*")
  fileprivate static let slash = UInt8(ascii: "/")
  fileprivate static let dot = UInt8(ascii: ".")
}
