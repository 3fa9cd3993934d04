/// What drivers can take. Beyond, compilers overflow their stack or keep busy for minutes.
///
/// The most in 4,388 public shaders: 19 brackets, 39 operators, 50 branches, 169 elements.
enum CodeLimits {
  /// Brackets inside brackets.
  static let depth = 256
  /// Operators on one way down into an expression: of brackets beside each other, those with more.
  static let operators = 1_000
  /// `if`, `else`, `for` and `while` that belong to one statement.
  static let branches = 256
  /// Cases of all switches.
  static let cases = 512
  /// Macros inside macros, and functions that call functions.
  static let chain = 256
  /// What all macros of a file expand to, in words.
  static let expansion = 60_000
  /// `main` with every call in it written out, in words.
  static let inlined = 250_000
  /// One function as it is written, in words.
  static let function = 60_000
  /// Elements of one array.
  static let elements = 16_384
  /// Numbers in all arrays and structures that a text declares.
  static let numbers = 16_384
  /// What one of those costs in every function that is written out, in words.
  static let wordsPerNumber = 8
}

/// A limit that code exceeds.
enum CodeLimit {
  case depth, operators, branches, cases, chain, expansion, inlined, function, elements, numbers

  var message: String {
    switch self {
    case .depth: "more than \(CodeLimits.depth) brackets inside one another"
    case .operators: "more than \(CodeLimits.operators) operators in one expression"
    case .branches:
      "more than \(CodeLimits.branches) 'if', 'else' or loops that belong to one another"
    case .cases: "more than \(CodeLimits.cases) cases of switches in all"
    case .chain: "more than \(CodeLimits.chain) functions or macros inside one another"
    case .expansion: "the macros expand to more than \(CodeLimits.expansion) words"
    case .inlined: "with the functions it calls, this is more than \(CodeLimits.inlined) words"
    case .function: "a function of more than \(CodeLimits.function) words"
    case .elements: "an array of more than \(CodeLimits.elements) elements"
    case .numbers: "arrays and structures of more than \(CodeLimits.numbers) numbers in all"
    }
  }

  var hint: String {
    switch self {
    case .depth, .operators: "divide the expression: give parts of it names"
    case .branches: "use a switch or an array"
    case .cases: "use an array or an image"
    case .chain, .expansion, .inlined: "drivers write every one of them out"
    case .function: "divide it into several that are called from loops"
    case .elements, .numbers: "keep large tables in an image"
    }
  }
}
