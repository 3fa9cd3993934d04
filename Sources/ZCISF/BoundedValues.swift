/// Which expressions cannot grow without end: constants, what a header bounds, and what is made of
/// them.
struct BoundedValues {
  /// Variables, macros and arguments within each other that are looked into.
  private static let depthLimit = 32

  private let code: CodeOutline
  /// Inputs, and whether each has bounds.
  private var known: [String: Bool]
  private let variables: [String: [CodeOutline.Variable]]
  /// What each variable is set to besides its beginning; nil where it is changed otherwise.
  private let assignments: [String: [Range<Int>]?]
  /// The arguments of every call of the author's functions.
  private let calls: [String: [[Range<Int>]]]

  /// Functions whose values lie between fixed bounds, whatever they are given.
  private static let boundedFunctions: Set<String> = [
    "sin", "cos", "fract", "sign", "step", "smoothstep", "normalize", "atan", "asin", "acos",
    "tanh",
    "IMG_SIZE", "textureSize", "texture", "texture2D", "IMG_PIXEL", "IMG_NORM_PIXEL",
    "IMG_THIS_PIXEL", "IMG_THIS_NORM_PIXEL", "IMG_NORM_THIS_PIXEL", "length", "lessThan", "not",
  ]

  init(_ code: CodeOutline, _ description: ShaderDescription) {
    self.code = code
    var known: [String: Bool] = [
      "RENDERSIZE": true, "PASSINDEX": true, "isf_FragNormCoord": true, "vv_FragNormCoord": true,
      "isf_FragCoord": true, "gl_FragCoord": true, "DATE": true, "TIME": false,
      "TIMEDELTA": false, "FRAMEINDEX": false,
    ]
    for (name, _) in description.samplers {
      known[name] = true
      known["_\(name)_imgSize"] = true
      known["_\(name)_imgRect"] = true
    }
    for input in description.inputs {
      switch input.kind {
      case .event, .bool, .color, .image, .cube, .audio, .audioFFT: known[input.name] = true
      // Without a range, hosts show 0 to 1.
      case .float: known[input.name] = true
      case .long(let choices):
        known[input.name] = !choices.values.isEmpty || choices.max != nil
      case .point2D, .point3D: known[input.name] = true
      }
    }
    self.known = known
    variables = Dictionary(grouping: code.variables, by: \.name)
    let functions = Set(code.functions.map(\.name))
    var assignments: [String: [Range<Int>]?] = [:]
    var calls: [String: [[Range<Int>]]] = [:]
    for (index, word) in code.words.enumerated() where word.isName {
      let next = code.words[safe: index + 1]?.text ?? ""
      let before = code.words[safe: index - 1]
      if next == "(", functions.contains(word.text),
        before?.isName != true || before?.text == "return"
      {
        calls[word.text, default: []].append(code.arguments(at: index + 1))
      }
      guard before?.text != "." else { continue }
      if next == "=", before?.isName != true, before?.text != "," {
        let start = min(index + 2, code.words.count)
        let end = code.endOfExpression(from: start, at: [",", ";"])
        if case .some(.some(var ranges)) = assignments[word.text] {
          ranges.append(start..<max(start, end))
          assignments[word.text] = .some(ranges)
        } else if assignments[word.text] == nil {
          assignments[word.text] = .some([start..<max(start, end)])
        }
      } else if Self.changes.contains(next) || ["++", "--"].contains(before?.text ?? "") {
        assignments[word.text] = .some(nil)
      }
    }
    self.assignments = assignments
    self.calls = calls
  }

  private static let changes: Set<String> = [
    "++", "--", "+=", "-=", "*=", "/=", "%=", "<<=", ">>=", "&=", "|=", "^=",
  ]

  /// The expression has a bound.
  mutating func isBounded(_ range: Range<Int>) -> Bool {
    isBounded(range.map { $0 }, in: code.words, depth: 0)
  }

  /// The number that an expression is, one or a macro or constant for one; nil where it is more.
  func amount(_ range: Range<Int>) -> Double? {
    var words = code.words[range].map(\.text)
    if words.first == "+" { words.removeFirst() }
    let isNegative = words.first == "-"
    if isNegative { words.removeFirst() }
    for _ in 0..<4 {
      guard words.count == 1, let word = words.first else { return nil }
      let digits = word.last.map("fFuU".contains) == true ? String(word.dropLast()) : word
      if let number = Double(digits.hasSuffix(".") ? digits + "0" : digits) {
        return isNegative ? -number : number
      }
      if let macro = code.macros[word], macro.parameters == nil {
        words = macro.body.map(\.text)
      } else if let variable = variables[word]?.first, variables[word]?.count == 1,
        assignments[word] == nil || assignments[word]??.isEmpty == true,
        let initial = variable.initial
      {
        words = code.words[initial].map(\.text)
      } else {
        return nil
      }
      words.removeAll { $0 == "(" || $0 == ")" }
    }
    return nil
  }

  private mutating func isBounded(
    _ places: [Int], in words: [CodeOutline.Word], depth: Int
  ) -> Bool {
    guard depth < Self.depthLimit else { return false }
    var position = 0
    while position < places.count {
      let index = places[position]
      let word = words[index]
      position += 1
      guard word.isName, words[safe: index - 1]?.text != "." else { continue }
      if words[safe: index + 1]?.text == "(" {
        // Of a macro's body only the names are looked at.
        let isHere = words.count == code.words.count
        if isHere, Self.boundedFunctions.contains(word.text) {
          position += code.closing(index + 1) - index
          continue
        }
        if isHere, ["min", "clamp", "mod"].contains(word.text) {
          let arguments = code.arguments(at: index + 1)
          let limits = word.text == "min" ? arguments : Array(arguments.suffix(1))
          guard
            limits.contains(where: { isBounded(Array($0), in: words, depth: depth + 1) })
          else { return false }
          position += code.closing(index + 1) - index
          continue
        }
        if GLSLWords.keywords.contains(word.text) || GLSLWords.builtInFunctions.contains(word.text)
          || code.macros[word.text]?.parameters != nil
        {
          continue
        }
        return false
      }
      guard isBounded(name: word.text, depth: depth + 1) else { return false }
    }
    return true
  }

  private mutating func isBounded(name: String, depth: Int) -> Bool {
    if ["true", "false"].contains(name) { return true }
    guard depth < Self.depthLimit else { return false }
    if let answer = known[name] { return answer }
    // What depends on itself has no bound of its own.
    known[name] = false
    let answer = look(at: name, depth: depth)
    known[name] = answer
    return answer
  }

  private mutating func look(at name: String, depth: Int) -> Bool {
    if let macro = code.macros[name] {
      return isBounded(Array(macro.body.indices), in: macro.body, depth: depth + 1)
    }
    guard let declared = variables[name] else { return false }
    for variable in declared {
      if let parameter = variable.parameter {
        for arguments in calls[parameter.function] ?? [] {
          guard let argument = arguments[safe: parameter.index],
            isBounded(Array(argument), in: code.words, depth: depth + 1)
          else { return false }
        }
      } else if let initial = variable.initial {
        guard isBounded(Array(initial), in: code.words, depth: depth + 1) else { return false }
      } else if variable.isExternal {
        return false
      }
    }
    switch assignments[name] {
    case nil: return true
    case .some(nil): return isLoopCounter(name, depth: depth)
    case .some(let ranges?):
      for range in ranges
      where !isBounded(Array(range), in: code.words, depth: depth + 1) {
        return false
      }
      return true
    }
  }

  /// It is changed by a `for` alone, whose condition bounds it.
  private mutating func isLoopCounter(_ name: String, depth: Int) -> Bool {
    for variable in variables[name] ?? [] {
      let type = variable.word - 1
      guard code.words[safe: type - 1]?.text == "(", code.words[safe: type - 2]?.text == "for"
      else { return false }
      let close = code.closing(type - 1)
      let condition = code.endOfExpression(from: type, at: [";"]) + 1
      let end = code.endOfExpression(from: min(condition, close), at: [";"])
      guard condition <= end, end < close else { return false }
      let others = (condition..<end).filter { code.words[$0].text != name }
      guard isBounded(others, in: code.words, depth: depth + 1) else { return false }
    }
    return true
  }
}
