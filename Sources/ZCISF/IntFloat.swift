internal import ZCCore

/// Whole numbers where OpenGL ES wants floats, as far as one look shows: beside a number with a
/// point, or a variable that is of floats wherever it is declared.
struct IntFloat {
  private let code: CodeOutline
  private let floats: Set<String>

  init(_ code: CodeOutline, _ description: ShaderDescription) {
    self.code = code
    var floats: Set<String> = ["TIME", "TIMEDELTA", "RENDERSIZE", "DATE", "isf_FragNormCoord"]
    for input in description.inputs {
      switch input.kind {
      case .float, .point2D, .point3D, .color: floats.insert(input.name)
      default: break
      }
    }
    for variable in code.variables where Self.isOfFloats(variable.type) {
      floats.insert(variable.name)
    }
    for variable in code.variables where !Self.isOfFloats(variable.type) {
      floats.remove(variable.name)
    }
    self.floats = floats.subtracting(code.macros.keys)
  }

  func all() -> [SourceIssue] {
    code.words.indices.lazy.filter(isMixed).prefix(WarningRule.limit).map { index in
      let word = code.words[index]
      return code.text.warning(
        .intFloat, at: word.start, "'\(word.text)' is an int where OpenGL ES wants a float",
        hint: "write \(word.text).0")
    }
  }

  private func isMixed(_ index: Int) -> Bool {
    guard isWhole(index) else { return false }
    if isFloat(endingAt: index - 2), isOperator(index - 1) { return true }
    return isFloat(startingAt: index + 2) && isOperator(index + 1)
      && code.words[index + 1].text != "="
  }

  private static func isOfFloats(_ type: String) -> Bool {
    type == "float" || type.hasPrefix("vec") || type.hasPrefix("mat")
  }

  private func isWhole(_ index: Int) -> Bool {
    guard let word = code.words[safe: index], word.kind == .number else { return false }
    return word.text.utf8.allSatisfy(\.isDigit)
  }

  private static let operators: Set<String> = [
    "+", "-", "*", "/", "<", ">", "<=", ">=", "==", "!=", "=", "+=", "-=", "*=", "/=",
  ]

  private func isOperator(_ index: Int) -> Bool {
    code.words[safe: index].map { Self.operators.contains($0.text) } ?? false
  }

  private func isFloat(endingAt index: Int) -> Bool {
    guard let word = code.words[safe: index] else { return false }
    // Where it is a member, the variable is another.
    return isFloat(word) && code.words[safe: index - 1]?.text != "."
  }

  private func isFloat(startingAt index: Int) -> Bool {
    guard let word = code.words[safe: index], isFloat(word) else { return false }
    let isLength =
      code.words[safe: index + 1]?.text == "." && code.words[safe: index + 2]?.text == "length"
    return !isLength && code.words[safe: index + 1]?.text != "("
  }

  private func isFloat(_ word: CodeOutline.Word) -> Bool {
    if word.isName { return floats.contains(word.text) }
    return word.kind == .number && !word.text.hasPrefix("0x")
      && word.text.utf8.contains { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }
  }
}
