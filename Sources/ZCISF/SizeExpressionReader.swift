import ZCCore

/// Reads a size expression into postfix steps.
struct SizeExpressionReader {
  private(set) var steps: [SizeExpression.Step] = []
  private(set) var variables: [SizeExpression.Variable] = []
  private var indices: [String: Int] = [:]
  private var tokens: SizeTokenizer
  private var token: SizeToken

  init(_ text: String) throws(SizeExpression.Malformed) {
    tokens = SizeTokenizer(text)
    token = try tokens.next()
  }

  mutating func readAll() throws(SizeExpression.Malformed) {
    try expression(depth: 0)
    guard token.kind != .end else { return }
    if case .mark(let mark) = token.kind, let instead = Self.unclear[mark] {
      throw malformed("hosts differ in what '\(mark)' means here", hint: instead)
    }
    throw malformed("expected an operator, found \(found)")
  }

  /// Operators that DDMathParser and ExprTk read differently, and what is clear.
  private static let unclear = [
    "&": "write && for truth, and(a, b) for bits", "|": "write || for truth, or(a, b) for bits",
    "~": "write ! for truth", "<<": "write lshift(a, b)", ">>": "write rshift(a, b)",
  ]

  /// Operators between two sides, the loosest first; those of one row are taken from the left.
  private static let levels: [[String: SizeFunction]] = [
    ["||": .either], ["&&": .both],
    [
      "==": .equal, "=": .equal, "!=": .notEqual, "<>": .notEqual, "<": .less, ">": .greater,
      "<=": .lessOrEqual, "=<": .lessOrEqual, ">=": .greaterOrEqual, "=>": .greaterOrEqual,
    ],
    ["+": .add, "-": .subtract], ["*": .multiply, "/": .divide, "%": .mod],
  ]
  private static let prefixes: [String: SizeFunction] = [
    "-": .negate, "!": .not, "√": .sqrt, "∛": .cuberoot,
  ]

  private mutating func expression(depth: Int) throws(SizeExpression.Malformed) {
    guard depth < HeaderLimit.depth || !Guards.keep(.depths) else {
      throw malformed("more than \(HeaderLimit.depth) parentheses and signs within each other")
    }
    try level(0, depth: depth)
  }

  private mutating func level(_ row: Int, depth: Int) throws(SizeExpression.Malformed) {
    guard let functions = Self.levels[safe: row] else { return try product(depth: depth) }
    let isProduct = row == Self.levels.count - 1
    var isDivided = false
    try level(row + 1, depth: depth)
    while true {
      if case .mark(let mark) = token.kind, let function = functions[mark] {
        try advance()
        try level(row + 1, depth: depth)
        steps.append(.call(function, count: 2))
        isDivided = function != .multiply
      } else if isProduct, beginsFactor {
        // `1/2$WIDTH` is half the width to one host, and one by twice the width to another.
        guard !isDivided else {
          throw malformed("expected an operator, found \(found)", hint: "write * or parentheses")
        }
        try level(row + 1, depth: depth)
        steps.append(.call(.multiply, count: 2))
      } else {
        return
      }
    }
  }

  /// What may stand without a `*` after what comes before it.
  private var beginsFactor: Bool {
    switch token.kind {
    case .name, .variable, .mark("("), .mark("√"), .mark("∛"): true
    default: false
    }
  }

  /// A sign and what it stands before.
  private mutating func product(depth: Int) throws(SizeExpression.Malformed) {
    guard depth < HeaderLimit.depth || !Guards.keep(.depths) else {
      throw malformed("more than \(HeaderLimit.depth) parentheses and signs within each other")
    }
    guard case .mark(let mark) = token.kind, mark == "+" || Self.prefixes[mark] != nil else {
      return try power(depth: depth)
    }
    try advance()
    try product(depth: depth + 1)
    if let function = Self.prefixes[mark] { steps.append(.call(function, count: 1)) }
  }

  /// Powers bind more than a sign before them, and are taken from the right.
  private mutating func power(depth: Int) throws(SizeExpression.Malformed) {
    try operand(depth: depth)
    while case .mark(let mark) = token.kind, mark == "!" || mark == "°" {
      try advance()
      if mark == "!", token.kind == .mark("!") {
        try advance()
        steps.append(.call(.factorial2, count: 1))
      } else {
        steps.append(.call(mark == "!" ? .factorial : .dtor, count: 1))
      }
    }
    if case .superscript(let exponent) = token.kind {
      try advance()
      steps += [.push(exponent), .call(.pow, count: 2)]
    } else if token.kind == .mark("**") || token.kind == .mark("^") {
      try advance()
      try product(depth: depth + 1)
      steps.append(.call(.pow, count: 2))
    }
  }

  private mutating func operand(depth: Int) throws(SizeExpression.Malformed) {
    switch token.kind {
    case .number(let number):
      try advance()
      steps.append(.push(number))
    case .mark("("):
      try advance()
      try expression(depth: depth + 1)
      try close("expected ')', found")
    case .variable(let name):
      guard !name.isEmpty else { throw malformed("expected a name after '$'") }
      try load(name, isMarked: true)
    case .name(let name): try call(name, depth: depth)
    default: throw malformed("expected a number, found \(found)")
    }
  }

  private mutating func load(_ name: String, isMarked: Bool) throws(SizeExpression.Malformed) {
    let index = indices[name] ?? variables.count
    if index == variables.count {
      variables.append(
        SizeExpression.Variable(name: name, offset: token.offset, isMarked: isMarked))
      indices[name] = index
    }
    try advance()
    steps.append(.load(variable: index))
  }

  private mutating func call(_ name: String, depth: Int) throws(SizeExpression.Malformed) {
    let start = token.offset
    guard let function = SizeFunction(named: name) else { return try unknown(name) }
    try advance()
    guard token.kind == .mark("(") else {
      guard function.arity.contains(0) else {
        throw malformed("expected '(' after '\(name.brief)', found \(found)")
      }
      return steps.append(.call(function, count: 0))
    }
    try advance()
    var count = 0
    if token.kind != .mark(")") {
      try expression(depth: depth + 1)
      count = 1
      while token.kind == .mark(",") {
        try advance()
        try expression(depth: depth + 1)
        count += 1
      }
    }
    try close("expected ',' or ')', found")
    guard function.arity.contains(count) else {
      throw SizeExpression.Malformed(
        offset: start, message: "'\(name.brief)' takes \(function.takes), not \(count)")
    }
    steps.append(.call(function, count: count))
  }

  /// A name that no function has is that of an input, whose `$` some hosts do not ask for.
  private mutating func unknown(_ name: String) throws(SizeExpression.Malformed) {
    let start = token.offset
    try load(name, isMarked: false)
    guard token.kind == .mark("(") else { return }
    if name.lowercased() == "random" {
      throw SizeExpression.Malformed(
        offset: start, message: "a size cannot be random: the same frame would differ each time",
        hint: "use an input, and set it to a random number")
    }
    throw SizeExpression.Malformed(
      offset: start, message: "no function '\(name.brief)'",
      hint: SizeFunction.guess(name) ?? "there are \(SizeFunction.usual)")
  }

  private mutating func close(_ expected: String) throws(SizeExpression.Malformed) {
    guard token.kind == .mark(")") else { throw malformed("\(expected) \(found)") }
    try advance()
  }

  private mutating func advance() throws(SizeExpression.Malformed) { token = try tokens.next() }

  /// What stands here, for messages.
  private var found: String {
    switch token.kind {
    case .end: "the end"
    case .number(let number): "'\(SizeExpression(constant: number).text)'"
    case .name(let name): "'\(name.brief)'"
    case .variable(let name): "'$\(name.brief)'"
    case .mark(let mark): "'\(mark)'"
    case .superscript: "a power"
    }
  }

  private func malformed(_ message: String, hint: String? = nil) -> SizeExpression.Malformed {
    SizeExpression.Malformed(offset: token.offset, message: message, hint: hint)
  }
}
