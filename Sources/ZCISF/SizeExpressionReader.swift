import ZCCore

/// Reads a size expression into postfix steps.
struct SizeExpressionReader {
  /// Parentheses, calls and signs within each other.
  private static let depthLimit = 64

  private(set) var steps: [SizeExpression.Step] = []
  private(set) var variables: [String] = []
  private var indices: [String: Int] = [:]
  private let bytes: [UInt8]
  private var position = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  mutating func readAll() throws(SizeExpression.Malformed) {
    try sum(depth: 0)
    guard peek == nil else { throw malformed("expected an operator, found \(found)") }
  }

  private mutating func sum(depth: Int) throws(SizeExpression.Malformed) {
    try product(depth: depth)
    while let byte = peek, byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") {
      position += 1
      try product(depth: depth)
      steps.append(byte == UInt8(ascii: "+") ? .add : .subtract)
    }
  }

  private mutating func product(depth: Int) throws(SizeExpression.Malformed) {
    try factor(depth: depth)
    while let byte = peek {
      let step: SizeExpression.Step
      switch byte {
      case UInt8(ascii: "*"): step = .multiply
      case UInt8(ascii: "/"): step = .divide
      case UInt8(ascii: "%"): step = .remainder
      default: return
      }
      position += 1
      try factor(depth: depth)
      steps.append(step)
    }
  }

  private mutating func factor(depth: Int) throws(SizeExpression.Malformed) {
    guard depth < Self.depthLimit || !Guards.keep(.depths) else {
      throw malformed("more than \(Self.depthLimit) parentheses and signs within each other")
    }
    guard let byte = peek else { throw malformed("expected a number, found the end") }
    switch byte {
    case UInt8(ascii: "-"):
      position += 1
      try factor(depth: depth + 1)
      steps.append(.negate)
    case UInt8(ascii: "+"):
      position += 1
      try factor(depth: depth + 1)
    case UInt8(ascii: "("):
      position += 1
      try sum(depth: depth + 1)
      guard take(UInt8(ascii: ")")) else { throw malformed("expected ')', found \(found)") }
    case UInt8(ascii: "$"): try variable()
    case _ where byte.beginsIdentifier: try call(depth: depth)
    default: try number()
    }
  }

  private mutating func variable() throws(SizeExpression.Malformed) {
    let start = position
    position += 1
    let name = identifier()
    guard !name.isEmpty else {
      throw SizeExpression.Malformed(offset: start, message: "expected a name after '$'")
    }
    let index = indices[name] ?? variables.count
    if index == variables.count {
      variables.append(name)
      indices[name] = index
    }
    steps.append(.load(variable: index))
  }

  private mutating func call(depth: Int) throws(SizeExpression.Malformed) {
    let start = position
    let name = identifier()
    guard let function = SizeFunction(rawValue: name) else {
      let known = SizeFunction.allCases.map(\.rawValue).joined(separator: ", ")
      let message =
        peek == UInt8(ascii: "(")
        ? "no function '\(name)'; there are \(known)"
        : "expected a number, found '\(name)'; an input's value is written $\(name)"
      throw SizeExpression.Malformed(offset: start, message: message)
    }
    guard take(UInt8(ascii: "(")) else {
      throw malformed("expected '(' after '\(name)', found \(found)")
    }
    var count = 0
    repeat {
      try sum(depth: depth + 1)
      count += 1
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: ")")) else { throw malformed("expected ',' or ')', found \(found)") }
    guard function.arity.contains(count) else {
      let most = function.arity.upperBound
      throw SizeExpression.Malformed(
        offset: start,
        message: "'\(name)' takes \(most) argument\(most == 1 ? "" : "s"), not \(count)")
    }
    steps.append(.call(function, count: count))
  }

  private mutating func number() throws(SizeExpression.Malformed) {
    let start = position
    skipDigits()
    if bytes[safe: position] == UInt8(ascii: ".") {
      position += 1
      skipDigits()
    }
    if let byte = bytes[safe: position], byte | 0x20 == UInt8(ascii: "e"), position > start {
      position += 1
      if let sign = bytes[safe: position], sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
        position += 1
      }
      skipDigits()
    }
    let spelling = String(decoding: bytes[start..<position], as: UTF8.self)
    guard let value = Double(spelling) else {
      position = start
      throw malformed("expected a number, found \(found)")
    }
    steps.append(.push(value))
  }

  private mutating func skipDigits() {
    while let byte = bytes[safe: position], byte.isDigit { position += 1 }
  }

  private mutating func identifier() -> String {
    let start = position
    while let byte = bytes[safe: position], byte.continuesIdentifier { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    position += 1
    return true
  }

  /// The next byte that is not white space; the position moves to it.
  private var peek: UInt8? {
    mutating get {
      while let byte = bytes[safe: position], byte.isBlank || byte.isLineBreak { position += 1 }
      return bytes[safe: position]
    }
  }

  /// What stands at the position, for messages.
  private var found: String {
    guard position < bytes.count else { return "the end" }
    let rest = String(decoding: bytes[position..<min(position + 64, bytes.count)], as: UTF8.self)
    return rest.first.map { "'\($0)'" } ?? "the end"
  }

  private func malformed(_ message: String) -> SizeExpression.Malformed {
    SizeExpression.Malformed(offset: position, message: message)
  }
}
