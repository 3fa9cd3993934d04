/// How large the author's macros become where they are used.
struct MacroTable {
  /// The size of expanded text.
  struct Size {
    var words = 0
    var operators = 0
    /// Brackets inside brackets.
    var depth = 0

    mutating func add(_ other: Size, times count: Int, at depth: Int) {
      words = words.saturatingAdd(count.saturatingMultiply(other.words))
      operators = operators.saturatingAdd(count.saturatingMultiply(other.operators))
      if count > 0 { self.depth = max(self.depth, depth.saturatingAdd(other.depth)) }
    }
  }

  /// A macro's size, which grows with its arguments'.
  private struct Form {
    var isFunction = false
    var own = Size()
    /// How often each parameter is used, and inside how many brackets.
    var uses: [Int] = []
    var depths: [Int] = []

    mutating func include(_ other: Form) {
      isFunction = isFunction || other.isFunction
      own.words = max(own.words, other.own.words)
      own.operators = max(own.operators, other.own.operators)
      own.depth = max(own.depth, other.own.depth)
      for index in other.uses.indices {
        if index < uses.count {
          uses[index] = max(uses[index], other.uses[index])
          depths[index] = max(depths[index], other.depths[index])
        } else {
          uses.append(other.uses[index])
          depths.append(other.depths[index])
        }
      }
    }
  }

  private struct Definition {
    var parameters: [String]?
    /// Tokens that are no space.
    var body: [Int]
  }

  private let code: AuthorCode
  private var definitions: [String: [Definition]] = [:]
  private var forms: [String: Form] = [:]
  private var open: Set<String> = []
  /// What functions are, written out, in words.
  private var functions: [String: Int] = [:]
  /// Names that macros expand to.
  private let expandedNames: Set<String>
  /// Macros are nested more deeply than can be followed.
  private(set) var isTooDeep = false

  init(_ code: AuthorCode) {
    self.code = code
    expandedNames = code.expansions.values.reduce(into: []) { $0.formUnion($1) }
    for (token, macro, _) in code.definitions {
      definitions[macro, default: []].append(Self.definition(at: token, of: code))
    }
  }

  /// The size of the macro used at `place` of `words`, and the place behind its arguments; nil
  /// where none is used. `words` are tokens.
  mutating func use(at place: Int, of words: ArraySlice<Int>) -> (size: Size, next: Int)? {
    let found = measure(at: place, of: words, [])
    return found.map { ($0.form.own, $0.next) }
  }

  /// From here on a function's name counts as the function.
  mutating func count(_ function: String, as words: Int) {
    functions[function] = words
    if expandedNames.contains(function) { forms = [:] }
  }

  private mutating func measure(
    at place: Int, of words: ArraySlice<Int>, _ parameters: [String]
  ) -> (form: Form, next: Int)? {
    let token = code.tokens[words[place]]
    guard token.kind == .identifier, let macro = form(of: code.string(token)) else { return nil }
    var total = Form(uses: parameters.map { _ in 0 }, depths: parameters.map { _ in 0 })
    guard macro.isFunction, let (arguments, next) = arguments(from: place + 1, of: words) else {
      if !macro.isFunction { total.own.add(macro.own, times: 1, at: 0) }
      return (total, place + 1)
    }
    total.own.add(macro.own, times: 1, at: 0)
    let factor = growth(by: arguments, of: macro)
    for (index, argument) in arguments.enumerated() {
      let size = measure(argument, parameters)
      let count = (index < macro.uses.count ? macro.uses[index] : 0).saturatingMultiply(factor)
      let depth = index < macro.depths.count ? macro.depths[index] : 0
      total.own.add(size.own, times: count, at: depth)
      for index in total.uses.indices where size.uses[index] > 0 && count > 0 {
        total.uses[index] = total.uses[index].saturatingAdd(
          count.saturatingMultiply(size.uses[index]))
        total.depths[index] = max(
          total.depths[index], depth.saturatingAdd(size.depths[index]))
      }
    }
    return (total, next)
  }

  /// How often an argument is written out that macros among the arguments are given: `F(G, x)`
  /// where F is `G(G(x))`.
  private mutating func growth(by arguments: [ArraySlice<Int>], of macro: Form) -> Int {
    var factor = 1
    for (argument, uses) in zip(arguments, macro.uses) {
      guard let last = argument.last, code.tokens[last].kind == .identifier,
        let given = form(of: code.string(code.tokens[last])), given.isFunction
      else { continue }
      let most = max(2, given.uses.max() ?? 0, given.own.words)
      for _ in 0..<min(uses, 64) { factor = factor.saturatingMultiply(most) }
    }
    return factor
  }

  private mutating func measure(_ words: ArraySlice<Int>, _ parameters: [String]) -> Form {
    var total = Form(uses: parameters.map { _ in 0 }, depths: parameters.map { _ in 0 })
    var depth = 0
    var place = words.startIndex
    while place < words.endIndex {
      let token = code.tokens[words[place]]
      let name = token.kind == .identifier ? code.string(token) : ""
      if let index = parameters.firstIndex(of: name) {
        total.uses[index] = total.uses[index].saturatingAdd(1)
        total.depths[index] = max(total.depths[index], depth)
      } else if let (used, next) = measure(at: place, of: words, parameters) {
        total.own.add(used.own, times: 1, at: depth)
        for index in total.uses.indices {
          total.uses[index] = total.uses[index].saturatingAdd(used.uses[index])
          total.depths[index] = max(
            total.depths[index], depth.saturatingAdd(used.depths[index]))
        }
        place = next
        continue
      } else {
        total.own.words = total.own.words.saturatingAdd(functions[name] ?? 1)
        let mark = code.text.bytes[token.start]
        if token.kind == .mark {
          if mark.isOperator { total.own.operators = total.own.operators.saturatingAdd(1) }
          if mark.opensBracket { depth += 1 }
          if mark.closesBracket { depth = max(0, depth - 1) }
          total.own.depth = max(total.own.depth, depth)
        }
      }
      place += 1
    }
    return total
  }

  /// nil for what is no macro, or is being measured: a macro does not expand in itself.
  private mutating func form(of name: String) -> Form? {
    guard let found = definitions[name] else { return nil }
    if let form = forms[name] { return form }
    guard open.count < CodeLimits.chain else {
      isTooDeep = true
      return nil
    }
    guard open.insert(name).inserted else { return nil }
    defer { open.remove(name) }
    var form = Form()
    for one in found {
      var next = measure(one.body[...], one.parameters ?? [])
      next.isFunction = one.parameters != nil
      // Another name of a macro takes that one's arguments.
      if one.parameters == nil, let last = one.body.last, code.tokens[last].kind == .identifier,
        let other = self.form(of: code.string(code.tokens[last])), other.isFunction
      {
        next.include(other)
      }
      form.include(next)
    }
    forms[name] = form
    return form
  }

  /// What stands between the commas of `( … )`, and the place behind.
  private func arguments(
    from start: Int, of words: ArraySlice<Int>
  ) -> (arguments: [ArraySlice<Int>], next: Int)? {
    guard start < words.endIndex, mark(words[start]) == UInt8(ascii: "(") else { return nil }
    var arguments: [ArraySlice<Int>] = []
    var depth = 0
    var first = start + 1
    for place in start..<words.endIndex {
      guard let mark = mark(words[place]) else { continue }
      if mark.opensBracket { depth += 1 }
      if mark.closesBracket { depth -= 1 }
      if depth == 0 {
        arguments.append(words[first..<place])
        return (arguments, place + 1)
      }
      if depth == 1, mark == UInt8(ascii: ",") {
        arguments.append(words[first..<place])
        first = place + 1
      }
    }
    return nil
  }

  private func mark(_ index: Int) -> UInt8? {
    let token = code.tokens[index]
    return token.kind == .mark ? code.text.bytes[token.start] : nil
  }

  private static func definition(at start: Int, of code: AuthorCode) -> Definition {
    var line: [Int] = []
    for index in code.tokens.indices[(start + 1)...] {
      let token = code.tokens[index]
      if token.kind == .lineBreak { break }
      if !token.isSpace { line.append(index) }
    }
    var words = line.dropFirst(2)
    guard let name = line[safe: 1], let first = words.first,
      code.tokens[first].start == code.tokens[name].end,
      code.text.bytes[safe: code.tokens[first].start] == UInt8(ascii: "(")
    else { return Definition(parameters: nil, body: Array(words)) }
    var parameters: [String] = []
    words = words.dropFirst()
    while let index = words.popFirst() {
      let token = code.tokens[index]
      if token.kind == .identifier { parameters.append(code.string(token)) }
      if code.text.bytes[safe: token.start] == UInt8(ascii: ")") { break }
    }
    return Definition(parameters: parameters, body: Array(words))
  }
}
