/// Finds the names that GLSL code declares, word by word, without knowing its types: a name after
/// another name, and before `;`, `,`, `=`, `)`, `[` or `(`, is declared.
struct DeclarationScan {
  enum Word: Hashable { case name(String), mark(UInt8) }

  enum Finding: Hashable {
    case nothing
    case variable(String)
    case function(String)
    case interface(String, AuthorCode.InterfaceName.Direction)
  }

  /// The type of what was found last, where it stands before the name.
  private(set) var type = ""
  private var previous: Word?
  /// Parentheses, brackets and braces that are open.
  private var depth = 0
  /// The depth at which a list of declared names goes on after a comma.
  private var listDepth: Int?
  /// What the qualifiers of the present statement say, at the top level.
  private var direction: AuthorCode.InterfaceName.Direction?

  mutating func step(_ word: Word, next: Word?) -> Finding {
    defer { previous = word }
    switch word {
    case .mark(let mark):
      pass(mark)
      return .nothing
    case .name(let name):
      if depth == 0, let found = Self.direction(of: name) { direction = found }
      return finding(name, next: next)
    }
  }

  private mutating func pass(_ mark: UInt8) {
    switch mark {
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
      depth += 1
      if mark == UInt8(ascii: "{") { direction = nil }
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
      depth = max(0, depth - 1)
      if let list = listDepth, depth < list { listDepth = nil }
    case UInt8(ascii: ";"):
      listDepth = nil
      if depth == 0 { direction = nil }
    default: break
    }
  }

  private mutating func finding(_ name: String, next: Word?) -> Finding {
    guard case .mark(let after)? = next else { return .nothing }
    let isEnd = [UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "="), UInt8(ascii: "[")]
      .contains(after)
    switch previous {
    case .name(let type)? where !GLSLWords.neverTypes.contains(type):
      self.type = type
      if after == UInt8(ascii: "(") { return .function(name) }
      if after == UInt8(ascii: ")") { return .variable(name) }
      guard isEnd else { return .nothing }
      listDepth = depth
    case .mark(UInt8(ascii: ","))? where listDepth == depth && isEnd: break
    case .mark(UInt8(ascii: "]"))? where listDepth == nil && isEnd:
      type = ""
      // `vec2[3] name`: brackets may also close an index, but no name follows that.
      listDepth = depth
    default: return .nothing
    }
    if depth == 0, let direction { return .interface(name, direction) }
    return .variable(name)
  }

  private static func direction(of word: String) -> AuthorCode.InterfaceName.Direction? {
    switch word {
    case "uniform": .uniform
    case "varying", "in", "attribute": .input
    case "out": .output
    default: nil
    }
  }
}
