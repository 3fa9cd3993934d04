/// The number that an array's size is, as far as it can be read: integers, constants and macros
/// that are one, and `+ - * / % <<` between them.
struct ArraySize {
  private let code: AuthorCode
  private let words: [CodeToken]
  private(set) var place: Int
  private var depth = 0

  /// Reads at `place` of the code.
  init(_ code: AuthorCode, at place: Int) { self.init(code, code.code, at: place) }

  init(_ code: AuthorCode, _ words: [CodeToken], at place: Int) {
    self.code = code
    self.words = words
    self.place = place
  }

  mutating func value() -> Int? {
    guard var value = sum() else { return nil }
    while isMark("<"), words[safe: place + 1]?.isMark("<") == true {
      place += 2
      guard let count = sum() else { return nil }
      value = value.saturatingMultiply(1 << min(count, 32))
    }
    return value
  }

  private mutating func sum() -> Int? {
    guard var sum = product() else { return nil }
    while isMark("+") || isMark("-") {
      let isMore = isMark("+")
      place += 1
      guard let next = product() else { return nil }
      sum = isMore ? sum.saturatingAdd(next) : max(0, sum - next)
    }
    return sum
  }

  private mutating func product() -> Int? {
    guard var product = number() else { return nil }
    while isMark("*") || isMark("/") || isMark("%") {
      let (isMore, isRest) = (isMark("*"), isMark("%"))
      place += 1
      guard let next = number() else { return nil }
      let divisor = max(1, next)
      product =
        isMore
        ? product.saturatingMultiply(next) : isRest ? product % divisor : product / divisor
    }
    return product
  }

  private mutating func number() -> Int? {
    guard let token = words[safe: place] else { return nil }
    if token.name == "int" || token.name == "uint" {
      place += 1
      guard isMark("(") else { return nil }
    }
    if isMark("(") {
      guard depth < 32 else { return nil }
      depth += 1
      place += 1
      guard let inner = value(), isMark(")") else { return nil }
      depth -= 1
      place += 1
      return inner
    }
    place += 1
    if let name = token.name {
      guard isMark("."), words[safe: place + 1]?.name == "length" else {
        return code.integers[name]
      }
      // And the parentheses.
      place += 4
      return code.lengths[name]
    }
    let number = code.tokens[token.index]
    return code.integer(number)
      ?? Double(code.string(number)).map { Int(max(0, min($0, 0x1p32))) }
  }

  private func isMark(_ mark: Unicode.Scalar) -> Bool { words[safe: place]?.isMark(mark) == true }
}
