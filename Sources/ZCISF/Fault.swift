/// What is wrong with a shader, in a word that depends on no driver: the code of an error.
enum Fault: String, CaseIterable, Sendable {
  /// The ISF header is missing, broken, or asks for what ISF does not have.
  case header
  /// A name that nobody declares.
  case undeclared
  /// A call of a function that is not there, or not for these arguments.
  case call
  case syntax
  /// A word of GLSL that is used as a name.
  case reserved
  /// `main` is missing, or no `void main()`.
  case main
  /// Numbers, vectors or matrices that do not fit together.
  case type
  /// A constant is wanted.
  case constant
  case redeclared
  /// Something is written to that can only be read.
  case readOnly = "read-only"
  /// A component or member that the value does not have.
  case component
  /// Outputs that exclude each other.
  case output
  /// A preprocessor line.
  case preprocessor
  case recursion
  /// The stages, or a declaration and its definition, do not fit together.
  case link
  /// Anything else that the driver says.
  case glsl

  /// What a driver's message, without place and severity, is about.
  init(message: String) {
    let words = message.lowercased()
    self = Self.phrases.first { words.contains($0.words) }?.fault ?? .glsl
  }

  /// The first whose words are in a message tells. In the words of Mesa, ANGLE and glslang, NVIDIA,
  /// AMD and Apple.
  private static let phrases: [(words: String, fault: Fault)] = [
    ("lacks `main'", .main), ("missing main()", .main), ("missing entry point", .main),
    ("no program defined", .main), ("main() must", .main), ("main function cannot", .main),
    ("`main' redefined", .main), ("'main' : function", .main),
    ("use of reserved", .reserved), ("reserved keyword", .reserved),
    ("preprocessor error", .preprocessor), ("unterminated #if", .preprocessor),
    ("unexpected token after conditional", .preprocessor), ("invalid directive", .preprocessor),
    ("in conditional block", .preprocessor), ("for macro", .preprocessor),
    ("undefined macro", .preprocessor), ("#error", .preprocessor),
    ("invoked with", .preprocessor),
    ("#include", .preprocessor), ("include \"", .preprocessor),
    ("multiple fragment outputs", .output),
    ("syntax error", .syntax), ("parse error", .syntax), ("invalid character", .syntax),
    ("unresolved reference to function", .link), ("is undefined", .link),
    ("has no matching output", .link), ("does not match any", .link),
    ("not written", .link), ("not declared in", .link), ("incompatible options", .link),
    ("no function with name", .call), ("no matching", .call),
    ("compatible overloaded function", .call), ("ambiguous overloaded function", .call),
    ("ambiguous function", .call), ("function name expected", .call),
    ("undefined function", .call), ("undeclared function", .call),
    ("call of undeclared", .call),
    ("undeclared", .undeclared), ("undefined variable", .undeclared),
    ("recursi", .recursion),
    ("constant expression", .constant), ("assigning non-constant", .constant),
    ("redeclared", .redeclared), ("redefinition", .redeclared), ("redefined", .redeclared),
    ("already has a body", .redeclared), ("already defined", .redeclared),
    ("read-only", .readOnly), ("l-value required", .readOnly), ("lvalue", .readOnly),
    ("swizzle", .component), ("field selection", .component), ("cannot access field", .component),
    ("has no field", .component),
    ("cannot be assigned to", .type), ("cannot convert", .type), ("wrong operand types", .type),
    ("implicit cast", .type), ("implicitly convert", .type), ("does not operate on", .type),
    ("mismatch", .type), ("operator %", .type), ("operands to", .type),
    ("incompatible types", .type), ("components to construct", .type),
    ("parameters to", .type), ("not enough data", .type), ("too many arguments", .type),
    ("boolean", .type), ("void operands", .type),
  ]

  /// What drivers say of the rest of an expression in which they found something wrong.
  private static let consequences: [String] = [
    "from a non-numeric data type", "type mismatch", "operators must be numeric",
    "dimension mismatch", ", error)", "(error", "cannot convert from 'const mediump float' to",
    "cannot convert from 'const highp float' to", "constructor does not have any arguments",
    "left of '[' is not of type", "field selection requires", "vector field selection out of range",
    "used uninitialized", "zero divided by zero", "compilation errors.", "compilation terminated",
  ]

  /// A message about `fault` in a line of which `before` was told first says nothing new.
  static func isConsequence(_ message: String, _ fault: Fault, after before: Fault) -> Bool {
    if fault == .syntax || fault == .call && before == .undeclared { return true }
    let words = message.lowercased()
    return consequences.contains { words.contains($0) }
  }
}
