import ZCCore

/// Refuses functions that call functions until `main`, with every call written out as drivers do,
/// is enormous.
struct CallBounds {
  private let code: AuthorCode
  private let words: [Int]
  private var macros: MacroTable
  /// The largest of each name's forms, in words.
  private var sizes: [String: Int] = [:]
  /// How many functions are inside one another below each.
  private var depths: [String: Int] = [:]

  /// The arrays and structures that are written out, too.
  private let arrays: [Int: Int]

  static func check(_ code: AuthorCode, _ arrays: ArrayBounds) throws(ZCError) {
    var bounds = CallBounds(code, arrays)
    // In the order of the text: what is called stands before, since functions must be declared.
    for function in Outline(code.code).functions {
      guard let body = function.body, let name = code.code[function.name].name else { continue }
      let (size, depth) = bounds.measure(body)
      let index = code.code[function.name].index
      if size > CodeLimits.inlined { throw code.excess(at: index, .inlined) }
      if body.count > CodeLimits.function { throw code.excess(at: index, .function) }
      if depth > CodeLimits.chain { throw code.excess(at: index, .chain) }
      bounds.sizes[name] = max(bounds.sizes[name] ?? 0, size)
      bounds.macros.count(name, as: bounds.sizes[name] ?? 0)
      bounds.depths[name] = max(bounds.depths[name] ?? 0, depth)
    }
  }

  private init(_ code: AuthorCode, _ arrays: ArrayBounds) {
    self.code = code
    words = code.code.map(\.index)
    macros = MacroTable(code)
    self.arrays = arrays.numbers
  }

  private mutating func measure(_ body: Range<Int>) -> (size: Int, depth: Int) {
    var size = body.count
    var depth = 1
    /// Up to where macros have been measured with their arguments.
    var measured = 0
    var seen: Set<String> = []
    for place in body {
      if let numbers = arrays[place] {
        size = size.saturatingAdd(numbers.saturatingMultiply(CodeLimits.wordsPerNumber))
      }
      if place >= measured, let (macro, next) = macros.use(at: place, of: words[..<body.upperBound])
      {
        size = size.saturatingAdd(macro.words)
        measured = next
      }
      if let name = code.code[place].name { depth = max(depth, 1 + deepest(in: name, &seen)) }
      guard place >= measured, let name = code.code[place].name, let callee = sizes[name],
        code.code[safe: place + 1]?.isMark("(") == true
      else { continue }
      size = size.saturatingAdd(callee)
    }
    return (size, depth)
  }

  /// The depth of a function, or of those that a macro names.
  private func deepest(in name: String, _ seen: inout Set<String>) -> Int {
    var names = [name]
    var deepest = 0
    while let name = names.popLast() {
      deepest = max(deepest, depths[name] ?? 0)
      guard let expansion = code.expansions[name], seen.insert(name).inserted else { continue }
      names += expansion
    }
    return deepest
  }
}
