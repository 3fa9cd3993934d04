internal import ZCCore

/// Loops that may not end, as far as the text shows: llvmpipe cuts those silently, other drivers
/// reset or hang.
///
/// A loop surely ends where it counts by a constant towards something bounded.
struct LoopBounds {
  private struct Loop {
    /// Where its word stands.
    var word: Int
    var condition: Range<Int>
    /// What a `for` does behind each turn.
    var step: Range<Int>
    var body: Range<Int>
  }

  private let code: CodeOutline
  private var bounded: BoundedValues

  init(_ code: CodeOutline, _ description: ShaderDescription) {
    self.code = code
    bounded = BoundedValues(code, description)
  }

  /// The most words of loops within each other that are looked at.
  private static let wordLimit = 2_000_000

  func all() -> [SourceIssue] {
    var copy = self
    var found: [SourceIssue] = []
    var budget = Self.wordLimit
    for index in code.words.indices where code.words[index].isName {
      guard let loop = copy.loop(at: index) else { continue }
      budget -= loop.body.count
      guard budget > 0, found.count < WarningRule.limit else { break }
      guard let reason = copy.reason(loop) else { continue }
      found.append(
        code.text.warning(
          .loopBound, at: code.words[index].start, reason,
          hint: "count to a constant, and leave with 'break': drivers cut, reset or hang otherwise")
      )
    }
    return found
  }

  /// Why it may not end; nil where it surely does.
  private mutating func reason(_ loop: Loop) -> String? {
    let condition = code.words[loop.condition]
    if condition.isEmpty || condition.map(\.text) == ["true"] {
      let leaves = code.words[loop.body].contains {
        ["break", "return", "discard"].contains($0.text)
      }
      return leaves
        ? "this loop ends only where it is left from inside" : "this loop never ends"
    }
    var reason = "this loop counts nothing towards its end"
    guard !condition.contains(where: { $0.text == "||" }) else { return reason }
    for part in conjuncts(loop.condition) {
      guard let comparison = comparison(part) else { continue }
      for (counter, other, grows) in sides(comparison, part) {
        guard let steps = steps(of: counter, in: loop, conditionPart: part) else { continue }
        guard steps == grows else {
          reason = "this loop counts '\(counter)' away from its end"
          continue
        }
        if bounded.isBounded(other) { return nil }
        reason = "this loop's end is no constant, and nothing bounds it"
      }
    }
    return reason
  }

  private func loop(at index: Int) -> Loop? {
    let isMember = code.words[safe: index - 1]?.text == "."
    switch code.words[index].text {
    case "for" where code.words[safe: index + 1]?.text == "(" && !isMember:
      let first = code.endOfExpression(from: index + 2, at: [";"])
      let second = code.endOfExpression(from: min(first + 1, code.words.count), at: [";"])
      let close = code.closing(index + 1)
      guard first < second, second < close else { return nil }
      return Loop(
        word: index, condition: first + 1..<second, step: second + 1..<close,
        body: body(from: close + 1))
    case "while" where code.words[safe: index + 1]?.text == "(" && !isMember:
      let close = code.closing(index + 1)
      guard close < code.words.count else { return nil }
      let isEnd =
        code.words[safe: close + 1]?.text == ";" && code.words[safe: index - 1]?.text == "}"
      // The body of `do` stands before.
      let body = isEnd ? bodyBefore(index) : body(from: close + 1)
      return Loop(word: index, condition: index + 2..<close, step: close..<close, body: body)
    default: return nil
    }
  }

  private func body(from start: Int) -> Range<Int> {
    guard start < code.words.count else { return code.words.count..<code.words.count }
    if code.words[start].text == "{" { return start + 1..<max(start + 1, code.closing(start)) }
    let end = code.endOfExpression(from: start, at: [";", "{"])
    return start..<max(start, code.words[safe: end]?.text == "{" ? code.closing(end) : end)
  }

  /// The braces that end before `index`.
  private func bodyBefore(_ index: Int) -> Range<Int> {
    let start = min(code.opening(index - 1) + 1, index - 1)
    return start..<index - 1
  }

  private func conjuncts(_ range: Range<Int>) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = range.lowerBound
    while start <= range.upperBound {
      let end = min(code.endOfExpression(from: start, at: ["&&"]), range.upperBound)
      parts.append(start..<max(start, end))
      start = end + 1
    }
    return parts
  }

  private func comparison(_ range: Range<Int>) -> Int? {
    let place = code.endOfExpression(from: range.lowerBound, at: ["<", ">", "<=", ">="])
    return range.contains(place) && code.words[place].kind == .mark ? place : nil
  }

  /// Each side that could be the counter, with the other, and whether it has to grow.
  private func sides(_ comparison: Int, _ range: Range<Int>) -> [(String, Range<Int>, Bool)] {
    let isLess = code.words[comparison].text.hasPrefix("<")
    let left = range.lowerBound..<comparison
    let right = comparison + 1..<max(comparison + 1, range.upperBound)
    return [(left, right, isLess), (right, left, !isLess)].compactMap { side, other, grows in
      let names = code.words[side].filter { $0.isName && $0.text != "float" && $0.text != "int" }
      guard names.count == 1, let name = names.first, !other.isEmpty else { return nil }
      return (name.text, other, grows)
    }
  }

  /// Whether the loop makes the counter grow (true) or shrink in every turn; nil where it does
  /// neither, or both, or something else.
  private mutating func steps(of counter: String, in loop: Loop, conditionPart: Range<Int>)
    -> Bool?
  {
    var direction: Bool?
    var isSure = false
    for (range, isHeader) in [(loop.step, true), (conditionPart, true), (loop.body, false)] {
      var hasContinue = false
      var depth = 0
      for index in range {
        let word = code.words[index]
        switch word.text {
        case "{": depth += 1
        case "}": depth -= 1
        case "continue": hasContinue = true
        default: break
        }
        guard word.text == counter, code.words[safe: index - 1]?.text != ".",
          let change = change(at: index)
        else { continue }
        guard case .step(let grows) = change, direction ?? grows == grows else { return nil }
        direction = grows
        let before = code.words[safe: index - 1]?.text ?? ""
        let isStatement = ["{", "}", ";", "++", "--"].contains(before) || index == range.lowerBound
        if isHeader || depth == 0 && isStatement && !hasContinue { isSure = true }
      }
    }
    return isSure ? direction : nil
  }

  private enum Change { case step(grows: Bool), other }

  /// What happens to the variable there, if it is changed.
  private func change(at index: Int) -> Change? {
    let after = code.words[safe: index + 1]?.text ?? ""
    switch (code.words[safe: index - 1]?.text ?? "", after) {
    case (_, "++"), ("++", _): return .step(grows: true)
    case (_, "--"), ("--", _): return .step(grows: false)
    case (_, "+="), (_, "-="), (_, "*="), (_, "/="):
      guard let amount = bounded.amount(code.endOfStep(from: index + 2)), amount != 0 else {
        return .other
      }
      switch after {
      case "+=": return .step(grows: amount > 0)
      case "-=": return .step(grows: amount < 0)
      case "*=" where amount > 1: return .step(grows: true)
      case "/=" where amount > 1: return .step(grows: false)
      default: return .other
      }
    case (_, "="):
      // i = i + 1
      guard code.words[safe: index + 2]?.text == code.words[index].text,
        let sign = code.words[safe: index + 3]?.text, sign == "+" || sign == "-",
        let amount = bounded.amount(code.endOfStep(from: index + 4)), amount != 0
      else { return .other }
      return .step(grows: (sign == "+") == (amount > 0))
    case (_, "<<="): return .step(grows: true)
    case (_, ">>="): return .step(grows: false)
    case (_, "%="), (_, "&="), (_, "|="), (_, "^="): return .other
    default: return nil
    }
  }
}

extension CodeOutline {
  /// The expression that begins at `start` and ends with its statement or argument.
  fileprivate func endOfStep(from start: Int) -> Range<Int> {
    let first = min(start, words.count)
    return first..<max(first, endOfExpression(from: first, at: [",", ";"]))
  }
}
