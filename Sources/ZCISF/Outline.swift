/// What stands at the top level of GLSL code: its functions, variables and structures. Numbers are
/// places among `AuthorCode.code`.
struct Outline: Sendable {
  /// One name of a declaration, with what belongs to it alone.
  struct Declarator: Sendable {
    var name: Int
    /// `[3][2]` behind the name.
    var arrays: Range<Int>
    var initializer: Range<Int>?
    /// The comma or semicolon behind it.
    var end: Int
  }

  /// `const highp float a = 1.0, b[2];`
  struct Variables: Sendable {
    /// The first qualifier or the type.
    var start: Int
    var isConst: Bool
    /// Uniforms, inputs, outputs and the like, whose values come from elsewhere.
    var isInterface: Bool
    /// The name of the type, and the brackets behind it.
    var type: Range<Int>
    var declarators: [Declarator]
  }

  struct Parameter: Sendable {
    var type: Int
    /// nil in prototypes that name none.
    var name: Int?
    var isArray: Bool
    var isOutput: Bool
  }

  struct Function: Sendable {
    var returnType: Int
    var name: Int
    var parameters: [Parameter]
    /// Without its braces; nil for a prototype.
    var body: Range<Int>?
  }

  struct Structure: Sendable {
    var name: Int?
    var members: [Variables]
  }

  private(set) var functions: [Function] = []
  private(set) var variables: [Variables] = []
  private(set) var structures: [Structure] = []

  init(_ code: [CodeToken]) {
    let reader = DeclarationReader(code)
    var place = 0
    while place < code.count { place = read(at: place, reader) }
  }

  /// Reads one declaration; gives the place of the next.
  private mutating func read(at start: Int, _ reader: DeclarationReader) -> Int {
    if let (structure, next) = reader.structure(at: start) {
      structures.append(structure)
      return next
    }
    if let (function, next) = reader.function(at: start) {
      functions.append(function)
      return next
    }
    if let found = reader.variables(at: start) {
      variables.append(found)
      return (found.declarators.last?.end ?? start) + 1
    }
    return reader.end(ofUnknown: start)
  }
}
