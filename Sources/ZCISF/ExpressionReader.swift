/// Reads expressions for their types, and converts what meets another type in them. What it
/// cannot read ends the reading, and nothing of that expression is converted.
struct ExpressionReader {
  typealias Piece = Conversions.Piece

  /// Pieces within each other.
  private static let depthLimit = 64

  let code: AuthorCode
  var types: CodeTypes
  /// The place of the name of the function that the code is in; nil outside of all.
  var function: Int?
  var place = 0
  var conversions: Conversions
  private var depth = 0
  /// Within the arguments of macros, which may be anything.
  private var isInMacro = false

  init(_ code: AuthorCode, _ types: CodeTypes, _ conversions: Conversions) {
    self.code = code
    self.types = types
    self.conversions = conversions
  }

  /// `a = b ? c : d`, without commas.
  mutating func assignment() -> Piece? {
    guard depth < Self.depthLimit else { return nil }
    depth += 1
    defer { depth -= 1 }
    guard let left = choice() else { return nil }
    guard let (sign, length) = mark(), sign.last == UInt8(ascii: "="),
      !Self.comparisons.contains(sign)
    else { return left }
    place += length
    guard var right = assignment() else { return nil }
    if let type = left.type, let value = right.type, type.isNumber,
      type.count == value.count || sign.count > 1 && value.count == 1
    {
      // `<<=` and `>>=` shift by whole numbers of both sorts.
      if sign.count < 3 { convert(&right, to: type.kind) }
    }
    return Piece(range: left.range.lowerBound..<right.range.upperBound, type: left.type)
  }

  /// Converts, but for what macros get.
  mutating func convert(_ piece: inout Piece, to kind: GLSLType.Kind, isResult: Bool = false) {
    if !isInMacro { conversions.convert(&piece, to: kind, isResult: isResult) }
  }

  private mutating func choice() -> Piece? {
    guard let condition = binary(0) else { return nil }
    guard isMark("?") else { return condition }
    place += 1
    guard var yes = assignment(), isMark(":") else { return nil }
    place += 1
    guard var no = assignment() else { return nil }
    if yes.type?.count == no.type?.count, !isInMacro { conversions.match(&yes, &no) }
    return Piece(
      range: condition.range.lowerBound..<no.range.upperBound,
      type: yes.type == no.type ? yes.type : nil)
  }

  private static let levels: [[String]] = [
    ["||"], ["^^"], ["&&"], ["|"], ["^"], ["&"], ["==", "!="], ["<", ">", "<=", ">="],
    ["<<", ">>"], ["+", "-"], ["*", "/", "%"],
  ]
  private static let tightness: [[UInt8]: Int] = {
    var found: [[UInt8]: Int] = [:]
    for (level, signs) in levels.enumerated() {
      for sign in signs { found[Array(sign.utf8)] = level }
    }
    return found
  }()
  private static let comparisons: Set<[UInt8]> = [
    Array("==".utf8), Array("!=".utf8), Array("<=".utf8), Array(">=".utf8),
  ]

  private mutating func binary(_ least: Int) -> Piece? {
    guard var left = unary() else { return nil }
    while let (sign, length) = mark(), let level = Self.tightness[sign], level >= least {
      place += length
      guard let right = binary(level + 1) else { return nil }
      left = joined(left, right, level)
    }
    return left
  }

  private mutating func joined(_ first: Piece, _ second: Piece, _ level: Int) -> Piece {
    var (left, right) = (first, second)
    let range = left.range.lowerBound..<right.range.upperBound
    switch level {
    case 0...2: return Piece(range: range, type: GLSLType(.bool))
    case 8: return Piece(range: range, type: left.type)
    default: break
    }
    let isComparison = level == 6 || level == 7
    guard let one = left.type, let other = right.type, one.isNumber, other.isNumber,
      one.count == other.count || one.isScalar || other.isScalar
    else { return Piece(range: range, type: isComparison ? GLSLType(.bool) : nil) }
    if isComparison, one.count != other.count {
      return Piece(range: range, type: GLSLType(.bool))
    }
    if !isInMacro { conversions.match(&left, &right) }
    guard !isComparison else { return Piece(range: range, type: GLSLType(.bool)) }
    guard let kind = left.type?.kind, kind == right.type?.kind else {
      return Piece(range: range, type: nil)
    }
    return Piece(range: range, type: GLSLType(kind, max(one.count, other.count)))
  }

  private mutating func unary() -> Piece? {
    guard depth < Self.depthLimit else { return nil }
    depth += 1
    defer { depth -= 1 }
    let start = place
    for sign in ["++", "--", "+", "-", "!", "~"] where isOperator(sign) {
      place += sign.utf8.count
      guard let inner = unary() else { return nil }
      let isSign = sign == "-" || sign == "+"
      return Piece(
        range: start..<inner.range.upperBound, type: inner.type,
        form: isSign && inner.type?.kind == .int ? .around(inner) : .other)
    }
    return postfix()
  }

  private mutating func postfix() -> Piece? {
    guard var piece = primary() else { return nil }
    while true {
      if isMark("["), let close = DeclarationReader(code.code).closing(of: place) {
        place += 1
        guard assignment() != nil, place == close else { return nil }
        place = close + 1
        let type = piece.type.map { $0.isArray ? $0.element : GLSLType($0.kind) } ?? element(piece)
        piece = Piece(range: piece.range.lowerBound..<place, type: type)
      } else if isMark("."), let member = code.code[safe: place + 1]?.name, !isBroken(place + 1) {
        place += 2
        let isCall = isMark("(")
        if isCall {
          guard code.code[safe: place + 1]?.isMark(")") == true else { return nil }
          place += 2
        }
        let type =
          isCall
          ? (member == "length" ? GLSLType(.int) : nil) : piece.type.flatMap { swizzle($0, member) }
        piece = Piece(range: piece.range.lowerBound..<place, type: type)
      } else if isOperator("++") || isOperator("--") {
        place += 2
        piece = Piece(range: piece.range.lowerBound..<place, type: piece.type)
      } else {
        return piece
      }
    }
  }

  private func element(_ vector: Piece) -> GLSLType? {
    guard vector.range.count == 1, let name = code.code[vector.range.lowerBound].name,
      !code.macros.contains(name)
    else { return nil }
    return types.element(of: name, in: function)
  }

  private func swizzle(_ type: GLSLType, _ member: String) -> GLSLType? {
    guard !type.isArray, type.count > 1, !code.macros.contains(member), member.utf8.count <= 4,
      member.utf8.allSatisfy({ "xyzwrgbastpq".utf8.contains($0) })
    else { return nil }
    return GLSLType(type.kind, member.utf8.count)
  }

  /// A name, number, call or what is in parentheses.
  mutating func primary() -> Piece? {
    guard let token = code.code[safe: place], !isBroken(place) else { return nil }
    let start = place
    if let name = token.name {
      guard !GLSLWords.neverTypes.contains(name) else { return nil }
      place += 1
      if isMark("(") || isMark("[") && GLSLType(name) != nil { return call(name, start) }
      if code.macros.contains(name) {
        return Piece(range: start..<place, type: nil)
      }
      if name == "true" || name == "false" {
        return Piece(range: start..<place, type: GLSLType(.bool))
      }
      return Piece(range: start..<place, type: types.type(of: name, in: function))
    }
    if code.tokens[token.index].kind == .number {
      place += 1
      return number(start)
    }
    guard token.isMark("(") else { return nil }
    place += 1
    guard var inner = assignment() else { return nil }
    while isMark(",") {
      place += 1
      guard let last = assignment() else { return nil }
      inner = Piece(range: last.range, type: last.type)
    }
    guard isMark(")") else { return nil }
    place += 1
    return Piece(range: start..<place, type: inner.type, form: .around(inner))
  }

  private func number(_ start: Int) -> Piece {
    let text = code.string(code.tokens[code.code[start].index]).lowercased()
    let range = start..<start + 1
    if text.hasPrefix("0x") {
      return Piece(range: range, type: GLSLType(text.hasSuffix("u") ? .uint : .int))
    }
    if text.hasSuffix("u") { return Piece(range: range, type: GLSLType(.uint)) }
    guard text.utf8.allSatisfy(\.isDigit) else {
      return Piece(range: range, type: text.hasSuffix("lf") ? nil : GLSLType(.float))
    }
    let isOctal = text.utf8.count > 1 && text.hasPrefix("0")
    return Piece(range: range, type: GLSLType(.int), form: isOctal ? .other : .literal)
  }

  private mutating func call(_ name: String, _ start: Int) -> Piece? {
    let isMacro = code.macros.contains(name)
    var isArray = false
    if isMark("[") {
      guard let close = DeclarationReader(code.code).closing(of: place) else { return nil }
      isArray = true
      place = close + 1
    }
    guard isMark("(") else { return nil }
    place += 1
    let outer = isInMacro
    isInMacro = isInMacro || isMacro
    defer { isInMacro = outer }
    var arguments: [Piece] = []
    while !isMark(")") || !arguments.isEmpty {
      guard let argument = assignment() else { return nil }
      arguments.append(argument)
      guard !isMark(")") else { break }
      guard isMark(",") else { return nil }
      place += 1
    }
    place += 1
    let range = start..<place
    if isMacro { return Piece(range: range, type: nil) }
    if var type = GLSLType(name) {
      type.isArray = isArray
      if isArray { for index in arguments.indices { convert(&arguments[index], to: type.kind) } }
      return Piece(range: range, type: type)
    }
    if let forms = types.signatures[name] {
      return Piece(range: range, type: own(forms, &arguments))
    }
    guard !code.functions.contains(name) else { return Piece(range: range, type: nil) }
    return Piece(range: range, type: builtIn(name, &arguments))
  }

  /// The result of one of the author's functions.
  private mutating func own(
    _ forms: Set<CodeTypes.Signature>, _ arguments: inout [Piece]
  ) -> GLSLType? {
    guard let form = forms.first, forms.count == 1, form.parameters.count == arguments.count else {
      let results = Set(forms.map(\.result))
      return results.count == 1 ? results.first ?? nil : nil
    }
    for (index, parameter) in form.parameters.enumerated() where form.isInput[index] {
      guard let parameter, parameter.count == arguments[index].type?.count else { continue }
      convert(&arguments[index], to: parameter.kind)
    }
    return form.result
  }

  /// The result of one of GLSL's functions.
  private mutating func builtIn(_ name: String, _ arguments: inout [Piece]) -> GLSLType? {
    if Self.lookups.contains(name) { return GLSLType(.float, 4) }
    if name == "IMG_SIZE" { return GLSLType(.float, 2) }
    guard let all = BuiltInFunction.forms[name] else { return nil }
    let forms = all.filter { $0.parameters.count == arguments.count }
    guard let first = forms.first else { return nil }
    let isFloat = all.allSatisfy { $0.parameters.allSatisfy(\.isOfFloats) }
    let types = arguments.compactMap(\.type)
    let isKnown = types.count == arguments.count && types.allSatisfy(\.isNumber)
    var kind = GLSLType.Kind.float
    if !isFloat {
      guard isKnown, let most = types.map(\.kind.rawValue).max(),
        let found = GLSLType.Kind(rawValue: most)
      else { return nil }
      kind = found
    }
    for index in arguments.indices { convert(&arguments[index], to: kind) }
    switch first.result {
    case .float: return GLSLType(.float)
    case .vec3: return GLSLType(.float, 3)
    case .floats: return isKnown ? types.map(\.count).max().map { GLSLType(kind, $0) } : nil
    default: return nil
    }
  }

  private static let lookups: Set<String> = [
    "IMG_PIXEL", "IMG_NORM_PIXEL", "IMG_THIS_PIXEL", "IMG_THIS_NORM_PIXEL",
    "IMG_NORM_THIS_PIXEL", "texture2D",
  ]

  // MARK: Marks

  func isMark(_ mark: Unicode.Scalar) -> Bool {
    code.code[safe: place]?.isMark(mark) == true && !isBroken(place)
      && code.tokens[code.code[place].index].kind == .mark
  }

  /// The operator here, with the number of its tokens.
  private func mark() -> (sign: [UInt8], length: Int)? {
    var sign: [UInt8] = []
    while sign.count < 3, let token = code.code[safe: place + sign.count],
      case .mark(let mark) = token.word, Self.signs.contains(mark),
      code.tokens[token.index].kind == .mark, !isBroken(place + sign.count),
      sign.isEmpty || follows(place + sign.count)
    {
      let longer = sign + [mark]
      guard sign.isEmpty || Self.operators.contains(longer) else { break }
      sign = longer
    }
    return sign.isEmpty ? nil : (sign, sign.count)
  }

  private static let signs = Set("+-*/%<>=!&|^~".utf8)
  private static let operators: Set<[UInt8]> = Set(
    [
      "++", "--", "+=", "-=", "*=", "/=", "%=", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||",
      "^^", "&=", "|=", "^=", "<<=", ">>=",
    ].map { Array($0.utf8) })

  private func isOperator(_ sign: String) -> Bool {
    mark().map { $0.sign.elementsEqual(sign.utf8) } ?? false
  }

  private func follows(_ place: Int) -> Bool {
    code.tokens[code.code[place].index].start == code.tokens[code.code[place - 1].index].end
  }

  /// A preprocessor line stands before the token.
  private func isBroken(_ place: Int) -> Bool {
    guard place > 0 else { return false }
    let between = code.code[place - 1].index + 1..<code.code[place].index
    return between.contains { code.tokens[$0].kind == .directive }
  }
}

extension BuiltInFunction.Kind {
  fileprivate var isOfFloats: Bool { self == .floats || self == .float || self == .vec3 }
}
