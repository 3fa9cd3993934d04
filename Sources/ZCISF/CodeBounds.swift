import ZCCore

/// Refuses code that would overflow a driver's stack, or keep it busy for minutes.
struct CodeBounds {
  private let code: AuthorCode
  private let words: [Int]
  private var macros: MacroTable
  private var expansion = 0
  private var levels = [Level()]
  /// The branches of all levels.
  private var branches = 0
  /// Of all switches.
  private var cases = 0

  /// What is inside one open bracket.
  private struct Level {
    /// Since the last comma or end of a statement.
    var operators = 0
    /// The most operators on a way down into brackets of this expression.
    var inner = 0
    /// The most of the expressions before commas.
    var peak = 0
    /// Since the last end of a statement.
    var branches = 0

    var way: Int { operators.saturatingAdd(inner) }
  }

  static func check(_ code: AuthorCode) throws(ZCError) {
    try checkDepth(code)
    var bounds = CodeBounds(code)
    try bounds.checkChains()
    try CallBounds.check(code, try ArrayBounds(checking: code))
  }

  private init(_ code: AuthorCode) {
    self.code = code
    words = code.code.map(\.index)
    macros = MacroTable(code)
  }

  /// The brackets of all there is, macros included: what follows may recurse into them.
  private static func checkDepth(_ code: AuthorCode) throws(ZCError) {
    var depth = 0
    for (index, token) in code.tokens.enumerated() where token.kind == .mark {
      guard let mark = code.text.bytes[safe: token.start] else { continue }
      if mark.opensBracket { depth += 1 }
      if mark.closesBracket { depth = max(0, depth - 1) }
      if depth > CodeLimits.depth { throw code.excess(at: index, .depth) }
    }
  }

  private mutating func checkChains() throws(ZCError) {
    /// Up to where macros have been measured with their arguments.
    var measured = 0
    for (place, token) in code.code.enumerated() {
      switch token.word {
      case .name(let name):
        if GLSLWords.branches.contains(name) {
          levels[levels.count - 1].branches += 1
          branches += 1
          if branches > CodeLimits.branches { throw code.excess(at: token.index, .branches) }
        }
        if name == "case" {
          cases += 1
          if cases > CodeLimits.cases { throw code.excess(at: token.index, .cases) }
        }
        guard place >= measured, let (size, next) = macros.use(at: place, of: words[...]) else {
          break
        }
        measured = next
        try pass(size, at: token.index)
      case .mark(let mark): try pass(mark, at: place)
      }
      if macros.isTooDeep { throw code.excess(at: token.index, .chain) }
    }
  }

  private mutating func pass(_ size: MacroTable.Size, at index: Int) throws(ZCError) {
    expansion = expansion.saturatingAdd(size.words)
    if expansion > CodeLimits.expansion { throw code.excess(at: index, .expansion) }
    if (levels.count - 1).saturatingAdd(size.depth) > CodeLimits.depth {
      throw code.excess(at: index, .depth)
    }
    try addOperators(size.operators, at: index)
  }

  private mutating func pass(_ mark: UInt8, at place: Int) throws(ZCError) {
    let index = code.code[place].index
    switch mark {
    case _ where mark.opensBracket:
      if mark == UInt8(ascii: "[") {
        try addOperators(1, at: index)
        try checkElements(from: place)
      }
      levels.append(Level())
    case _ where mark.closesBracket:
      try close(mark, at: place)
    case UInt8(ascii: ";"): endStatement(at: place)
    case UInt8(ascii: ","):
      let level = levels[levels.count - 1]
      levels[levels.count - 1].peak = max(level.peak, level.way)
      levels[levels.count - 1].operators = 0
      levels[levels.count - 1].inner = 0
    case _ where mark.isOperator: try addOperators(1, at: index)
    default: break
    }
  }

  private mutating func close(_ mark: UInt8, at place: Int) throws(ZCError) {
    guard levels.count > 1, let level = levels.popLast() else { return }
    branches -= level.branches
    if mark == UInt8(ascii: "}") {
      endStatement(at: place)
    } else {
      let way = max(level.peak, level.way).saturatingAdd(1)
      levels[levels.count - 1].inner = max(levels[levels.count - 1].inner, way)
      try addOperators(0, at: code.code[place].index)
    }
  }

  private mutating func addOperators(_ count: Int, at index: Int) throws(ZCError) {
    let sum = levels[levels.count - 1].operators.saturatingAdd(count)
    levels[levels.count - 1].operators = sum
    if levels[levels.count - 1].way > CodeLimits.operators {
      throw code.excess(at: index, .operators)
    }
  }

  /// An `else` goes on with what seemed to end.
  private mutating func endStatement(at place: Int) {
    let kept = code.code[safe: place + 1]?.name == "else" ? levels[levels.count - 1].branches : 0
    branches += kept - levels[levels.count - 1].branches
    levels[levels.count - 1] = Level(branches: kept)
  }

  /// `[1000][1000]`, as far as the numbers can be read.
  private func checkElements(from start: Int) throws(ZCError) {
    var count = 1
    var place = start
    while code.code[safe: place]?.isMark("[") == true {
      var number = ArraySize(code, at: place + 1)
      guard let size = number.value(), code.code[safe: number.place]?.isMark("]") == true else {
        return
      }
      count = count.saturatingMultiply(max(1, size))
      place = number.place + 1
    }
    if count > CodeLimits.elements { throw code.excess(at: code.code[start].index, .elements) }
  }
}
