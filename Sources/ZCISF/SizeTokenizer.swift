/// Takes a size expression apart, one token at a time.
struct SizeTokenizer {
  /// DDMathParser's signs beyond ASCII, as they are spelled in ASCII.
  private static let signs: [Unicode.Scalar: String] = [
    "×": "*", "÷": "/", "−": "-", "≤": "<=", "≥": ">=", "≠": "!=", "¬": "!", "∧": "&&", "∨": "||",
    "√": "√", "∛": "∛", "°": "°", "º": "°", "∘": "°",
  ]
  private static let letters: Set<Unicode.Scalar> = ["π", "τ", "φ", "ϕ", "∑", "∏"]
  private static let fractions: [Unicode.Scalar: Double] = [
    "½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅖": 2 / 5,
    "⅗": 3 / 5, "⅘": 4 / 5, "⅙": 1 / 6, "⅚": 5 / 6, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8,
  ]
  private static let superscripts: [Unicode.Scalar: Character] = [
    "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8",
    "⁹": "9", "⁻": "-",
  ]
  /// The longest first.
  private static let marks = [
    "**", "==", "!=", "<>", "<=", "=<", ">=", "=>", "&&", "||", "<<", ">>", "+", "-", "*", "/", "%",
    "^", "(", ")", ",", "!", "=", "<", ">", "&", "|", "~",
  ].map { (Array($0.utf8), $0) }

  private let bytes: [UInt8]
  private(set) var position = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  /// The next token; `end` at the end.
  mutating func next() throws(SizeExpression.Malformed) -> SizeToken {
    while let byte = bytes[safe: position], byte.isBlank || byte.isLineBreak { position += 1 }
    let start = position
    guard let byte = bytes[safe: position] else { return SizeToken(kind: .end, offset: start) }
    return SizeToken(kind: try kind(beginning: byte), offset: start)
  }

  private mutating func kind(
    beginning byte: UInt8
  ) throws(SizeExpression.Malformed) -> SizeToken.Kind {
    if byte == UInt8(ascii: "$") {
      position += 1
      return .variable(identifier())
    }
    if byte.beginsIdentifier { return .name(identifier()) }
    if byte.isDigit || byte == UInt8(ascii: ".") { return .number(try number()) }
    for (mark, text) in Self.marks where bytes[position...].starts(with: mark) {
      position += mark.count
      return .mark(text)
    }
    let (scalar, length) = scalar
    if let sign = Self.signs[scalar] {
      position += length
      return .mark(sign)
    }
    if Self.letters.contains(scalar) {
      position += length
      return .name(String(scalar))
    }
    if let fraction = Self.fractions[scalar] {
      position += length
      return .number(fraction)
    }
    if Self.superscripts[scalar] != nil { return .superscript(try superscript()) }
    throw SizeExpression.Malformed(
      offset: position, message: "expected a number, found '\(scalar)'")
  }

  private mutating func superscript() throws(SizeExpression.Malformed) -> Double {
    let start = position
    var digits = ""
    while position < bytes.count, let digit = Self.superscripts[scalar.0] {
      digits.append(digit)
      position += scalar.length
    }
    guard let power = Double(digits) else {
      throw SizeExpression.Malformed(offset: start, message: "expected a power, found '⁻'")
    }
    return power
  }

  private mutating func number() throws(SizeExpression.Malformed) -> Double {
    let start = position
    if bytes[safe: start] == UInt8(ascii: "0"), let mark = bytes[safe: start + 1],
      let radix: Int = [UInt8(ascii: "x"): 16, UInt8(ascii: "o"): 8][mark | 0x20]
    {
      position += 2
      let digits = identifier()
      if let value = UInt64(digits, radix: radix) { return Double(value) }
      throw SizeExpression.Malformed(
        offset: start, message: "no number of base \(radix): '\(spelling(from: start).brief)'")
    }
    skipDigits()
    if bytes[safe: position] == UInt8(ascii: ".") {
      position += 1
      skipDigits()
    }
    let mantissa = position
    if let byte = bytes[safe: position], byte | 0x20 == UInt8(ascii: "e") {
      position += 1
      if let sign = bytes[safe: position], sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
        position += 1
      }
      // An `e` without digits is the constant.
      if bytes[safe: position]?.isDigit == true { skipDigits() } else { position = mantissa }
    }
    guard let value = Double(spelling(from: start)) else {
      throw SizeExpression.Malformed(
        offset: start, message: "expected a number, found '\(spelling(from: start).brief)'")
    }
    return value
  }

  private func spelling(from start: Int) -> String {
    String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func skipDigits() {
    while let byte = bytes[safe: position], byte.isDigit { position += 1 }
  }

  private mutating func identifier() -> String {
    let start = position
    while let byte = bytes[safe: position], byte.continuesIdentifier { position += 1 }
    return spelling(from: start)
  }

  /// The character at the position, and how many bytes it has.
  private var scalar: (Unicode.Scalar, length: Int) {
    let rest = bytes[position..<min(position + 4, bytes.count)]
    let scalar = String(decoding: rest, as: UTF8.self).unicodeScalars.first ?? "\u{FFFD}"
    return (scalar, UTF8.width(scalar))
  }
}
