/// Whole numbers that stand where GLSL without implicit conversions takes only a number with a
/// point. What is not certain stays: each rule here is about code that would be an error there.
struct FloatLiterals {
  private let code: AuthorCode
  /// Names that are of a type made of floats wherever they are declared.
  private let floats: Set<String>

  init(_ code: AuthorCode, inputs: [InputDescription]) {
    self.code = code
    var floats: Set<String> = [
      "TIME", "TIMEDELTA", "RENDERSIZE", "DATE", "isf_FragNormCoord", "isf_FragCoord",
      "vv_FragNormCoord", "gl_FragCoord", "gl_FragColor",
    ]
    for input in inputs {
      switch input.kind {
      case .float, .point2D, .color: floats.insert(input.name)
      default: break
      }
    }
    self.floats = floats.union(code.types.filter { $0.value }.keys)
      .subtracting(code.types.filter { !$0.value }.keys).subtracting(code.macros)
  }

  /// Gives such literals their point.
  func write(into edits: inout CodeEdits) {
    /// What is called with each bracket that is open.
    var calls: [String] = []
    for (place, token) in code.code.enumerated() {
      if case .mark(let mark) = token.word {
        if mark.opensBracket {
          calls.append(
            mark == UInt8(ascii: "(") ? code.code[safe: place - 1]?.name ?? "" : "")
        }
        if mark.closesBracket { _ = calls.popLast() }
      }
      guard isWhole(token), edits[token.index] == nil else { continue }
      if isArgument(at: place, of: calls.last ?? "") || isOperand(at: place) {
        edits.put(".0", after: token.index)
      }
    }
  }

  private func isWhole(_ token: CodeToken) -> Bool {
    let token = code.tokens[token.index]
    return token.kind == .number
      && code.text.bytes[token.start..<token.end].allSatisfy { $0.isDigit }
      && (token.end - token.start == 1 || code.text.bytes[token.start] != UInt8(ascii: "0"))
  }

  /// `pow(x, 2)`: functions that have no form for whole numbers.
  private func isArgument(at place: Int, of function: String) -> Bool {
    guard Self.functions.contains(function), !code.functions.contains(function) else {
      return false
    }
    return isMark("(,", at: place - 1) && isMark(",)", at: place + 1)
  }

  private static let functions = Set(
    BuiltInFunction.forms.filter { $0.value.allSatisfy { $0.parameters.allSatisfy(\.isFloat) } }
      .keys)

  /// `time * 2`, `2 - uv.x`, `time = 2;`
  private func isOperand(at place: Int) -> Bool {
    if let behind = operatorEnd(from: place + 1), isFloat(startingAt: behind) { return true }
    guard let before = operatorStart(before: place) else { return false }
    return isFloat(endingAt: before - 1)
  }

  /// The place behind an operator that begins at `place`.
  private func operatorEnd(from place: Int) -> Int? {
    if isMark("+-*/", at: place) { return isMark("=+-", at: place + 1) ? nil : place + 1 }
    if isMark("<>", at: place) {
      if isMark("<>", at: place + 1) { return nil }
      return isMark("=", at: place + 1) ? place + 2 : place + 1
    }
    return isMark("=!", at: place) && isMark("=", at: place + 1) ? place + 2 : nil
  }

  /// The place where an operator that ends before `place` begins; assignments count where the
  /// literal is all that is assigned.
  private func operatorStart(before place: Int) -> Int? {
    if isMark("+-*/", at: place - 1) {
      return isMark("+-*/<>=!(,", at: place - 2) ? nil : place - 1
    }
    if isMark("<>", at: place - 1) { return isMark("<>", at: place - 2) ? nil : place - 1 }
    guard isMark("=", at: place - 1) else { return nil }
    if isMark("<>=!", at: place - 2) { return place - 2 }
    guard isMark(";,)", at: place + 1) else { return nil }
    return isMark("+-*/", at: place - 2) ? place - 2 : place - 1
  }

  private func isFloat(startingAt place: Int) -> Bool {
    guard let name = code.code[safe: place]?.name, floats.contains(name) else { return false }
    return !isMark("([", at: place + 1)
  }

  /// `a`, or `a.xy`.
  private func isFloat(endingAt place: Int) -> Bool {
    guard let name = code.code[safe: place]?.name else { return false }
    guard isMark(".", at: place - 1) else { return floats.contains(name) }
    guard let base = code.code[safe: place - 2]?.name, !isMark(".", at: place - 3) else {
      return false
    }
    return floats.contains(base) && name.utf8.count <= 4
      && name.utf8.allSatisfy { "xyzwrgbastpq".utf8.contains($0) }
  }

  private func isMark(_ marks: String, at place: Int) -> Bool {
    guard case .mark(let mark)? = code.code[safe: place]?.word else { return false }
    return marks.utf8.contains(mark)
  }
}

extension BuiltInFunction.Kind {
  fileprivate var isFloat: Bool { self == .floats || self == .float || self == .vec3 }
}
