import ZCCore

/// How many numbers a text's own arrays and structures hold, wherever they are declared: software
/// drivers keep each of those that an index is computed for apart, and take a millisecond for it.
struct ArrayBounds {
  private let code: AuthorCode
  /// How many numbers one of each structure holds.
  private var structures: [String: Int] = [:]
  /// The numbers that the declaration at each place makes.
  private(set) var numbers: [Int: Int] = [:]

  /// Measures, and refuses too many in all.
  init(checking code: AuthorCode) throws(ZCError) {
    self.code = code
    let reader = DeclarationReader(code.code)
    var sum = 0
    var place = 0
    while place < code.code.count {
      let start = place
      place += 1
      guard isBeginning(start) else { continue }
      var count = 0
      if let (structure, next) = reader.structure(at: start) {
        let size = structure.members.reduce(0) { $0.saturatingAdd(self.size(of: $1)) }
        if let name = structure.name.flatMap({ code.code[$0].name }) { structures[name] = size }
        count = size.saturatingMultiply(elements(behind: next))
        place = next
      } else if let found = reader.variables(at: start), !found.isInterface {
        count = size(of: found)
        // A few numbers are what registers are for.
        if count <= 16 * found.declarators.count { count = 0 }
      }
      guard count > 0 else { continue }
      numbers[start] = count
      sum = sum.saturatingAdd(count)
      if sum > CodeLimits.numbers { throw code.excess(at: code.code[start].index, .numbers) }
    }
  }

  /// A declaration may begin here.
  private func isBeginning(_ place: Int) -> Bool {
    guard code.code[place].name != nil else { return false }
    guard let before = code.code[safe: place - 1] else { return true }
    return ["{", "}", ";", "(", ")"].contains { before.isMark($0) }
  }

  private func size(of variables: Outline.Variables) -> Int {
    guard let type = code.code[safe: variables.type.lowerBound]?.name else { return 0 }
    let one = Self.size(ofBuiltIn: type) ?? structures[type] ?? 1
    let each = one.saturatingMultiply(elements(in: variables.type))
    return variables.declarators.reduce(0) {
      $0.saturatingAdd(each.saturatingMultiply(elements(in: $1.arrays)))
    }
  }

  /// `struct { … } a, b[3];`: how many there are.
  private func elements(behind place: Int) -> Int {
    var place = place
    var count = 0
    while code.code[safe: place]?.name != nil {
      var end = place + 1
      while let token = code.code[safe: end], !token.isMark(","), !token.isMark(";") { end += 1 }
      count = count.saturatingAdd(elements(in: place + 1..<end))
      place = end + 1
      if code.code[safe: end]?.isMark(";") != false { break }
    }
    return count
  }

  /// `[3][2]`, as far as the numbers can be read.
  private func elements(in brackets: Range<Int>) -> Int {
    var count = 1
    for place in brackets where code.code[safe: place]?.isMark("[") == true {
      var number = ArraySize(code, at: place + 1)
      if let size = number.value() { count = count.saturatingMultiply(max(1, size)) }
    }
    return count
  }

  /// `vec3` is 3, `mat2x3` is 6.
  private static func size(ofBuiltIn type: String) -> Int? {
    guard GLSLWords.keywords.contains(type) else { return nil }
    let digits = type.utf8.filter(\.isDigit).map { Int($0 - UInt8(ascii: "0")) }
    switch digits.count {
    case 1: return type.contains("mat") ? digits[0] * digits[0] : digits[0]
    case 2: return digits[0] * digits[1]
    default: return 1
    }
  }
}
