import ZCCore

/// Refuses functions that call functions until `main`, with every call written out as drivers do,
/// is enormous.
struct CallBounds {
  private let code: AuthorCode
  /// The largest of each name's forms, in words.
  private var sizes: [String: Int] = [:]
  /// How many functions are inside one another below each.
  private var depths: [String: Int] = [:]

  static func check(_ code: AuthorCode) throws(ZCError) {
    guard code.functions.count > 1 else { return }
    var bounds = CallBounds(code)
    // In the order of the text: what is called stands before, since functions must be declared.
    for function in Outline(code.code).functions {
      guard let body = function.body, let name = code.code[function.name].name else { continue }
      let (size, depth) = bounds.measure(body)
      let index = code.code[function.name].index
      if size > CodeLimits.inlined { throw code.excess(at: index, .inlined) }
      if depth > CodeLimits.chain { throw code.excess(at: index, .chain) }
      bounds.sizes[name] = max(bounds.sizes[name] ?? 0, size)
      bounds.depths[name] = max(bounds.depths[name] ?? 0, depth)
    }
  }

  private init(_ code: AuthorCode) { self.code = code }

  private func measure(_ body: Range<Int>) -> (size: Int, depth: Int) {
    var size = body.count
    var depth = 1
    for place in body {
      guard let name = code.code[place].name, let callee = sizes[name],
        code.code[safe: place + 1]?.isMark("(") == true
      else { continue }
      size = size.saturatingAdd(callee)
      depth = max(depth, 1 + (depths[name] ?? 0))
    }
    return (size, depth)
  }
}
