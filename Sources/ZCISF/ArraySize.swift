/// The number that an array's size is, as far as it can be read: integers, constants and macros
/// that are one, and `+ - * /` between them.
struct ArraySize {
  private let code: AuthorCode
  private(set) var place: Int

  init(_ code: AuthorCode, at place: Int) {
    self.code = code
    self.place = place
  }

  mutating func value() -> Int? {
    guard var sum = product() else { return nil }
    while let token = code.code[safe: place], token.isMark("+") || token.isMark("-") {
      place += 1
      guard let next = product() else { return nil }
      sum = token.isMark("+") ? sum.saturatingAdd(next) : max(0, sum - next)
    }
    return sum
  }

  private mutating func product() -> Int? {
    guard var product = number() else { return nil }
    while let token = code.code[safe: place], token.isMark("*") || token.isMark("/") {
      place += 1
      guard let next = number() else { return nil }
      product = token.isMark("*") ? product.saturatingMultiply(next) : product / max(1, next)
    }
    return product
  }

  private mutating func number() -> Int? {
    guard let token = code.code[safe: place] else { return nil }
    if token.isMark("(") {
      place += 1
      guard let inner = value(), code.code[safe: place]?.isMark(")") == true else { return nil }
      place += 1
      return inner
    }
    place += 1
    if let name = token.name { return code.integers[name] }
    return code.integer(code.tokens[token.index])
  }
}
