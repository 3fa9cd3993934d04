internal import ZCCore

/// Reads a header's JSON, as authors write it: `//` comments, trailing commas, raw control
/// characters in strings, `1.`, `.5` and `+1` are fine.
struct JSONReader {
  private let text: AuthorText
  private var position: Int
  private let end: Int

  /// Reads what stands in `range`.
  init(_ text: AuthorText, in range: Range<Int>) {
    self.text = text
    self.position = range.lowerBound
    self.end = min(range.upperBound, text.bytes.count)
  }

  /// The one value that fills the range.
  mutating func document() throws(ZCError) -> JSONValue {
    try skipSpace()
    let value = try value(depth: 0)
    try skipSpace()
    guard position >= end else {
      throw refusal("expected the end of the header comment, '*/', found \(found)")
    }
    return value
  }

  private mutating func value(depth: Int) throws(ZCError) -> JSONValue {
    guard depth < HeaderLimit.depth || !Guards.keep(.depths) else {
      throw refusal("more than \(HeaderLimit.depth) arrays and objects within each other")
    }
    let start = position
    guard let byte = peek else { throw refusal("expected a value, found \(found)") }
    switch byte {
    case UInt8(ascii: "{"): return JSONValue(content: try object(depth: depth), offset: start)
    case UInt8(ascii: "["): return JSONValue(content: try array(depth: depth), offset: start)
    case UInt8(ascii: "\""): return JSONValue(content: .string(try string()), offset: start)
    case _ where byte.isLetter: return JSONValue(content: try word(), offset: start)
    default: return JSONValue(content: try number(), offset: start)
    }
  }

  private mutating func object(depth: Int) throws(ZCError) -> JSONValue.Content {
    var members: [JSONValue.Member] = []
    position += 1
    try skipSpace()
    while !take(UInt8(ascii: "}")) {
      guard peek == UInt8(ascii: "\"") else {
        throw refusal("expected a name in double quotes or '}', found \(found)")
      }
      let name = try string()
      try skipSpace()
      guard take(UInt8(ascii: ":")) else {
        throw refusal("expected ':' after the name \"\(name.brief)\", found \(found)")
      }
      try skipSpace()
      members.append(JSONValue.Member(name: name, value: try value(depth: depth + 1)))
      try separator(before: UInt8(ascii: "}"))
    }
    return .object(members)
  }

  private mutating func array(depth: Int) throws(ZCError) -> JSONValue.Content {
    var values: [JSONValue] = []
    position += 1
    try skipSpace()
    while !take(UInt8(ascii: "]")) {
      values.append(try value(depth: depth + 1))
      try separator(before: UInt8(ascii: "]"))
    }
    return .array(values)
  }

  /// Takes the comma after a value, unless the value was the last.
  private mutating func separator(before close: UInt8) throws(ZCError) {
    try skipSpace()
    if take(UInt8(ascii: ",")) { return try skipSpace() }
    guard peek == close else {
      let mark = Character(Unicode.Scalar(close))
      throw refusal("expected ',' or '\(mark)' after a value, found \(found)")
    }
  }

  private mutating func word() throws(ZCError) -> JSONValue.Content {
    let start = position
    while let byte = peek, byte.continuesIdentifier { position += 1 }
    let word = String(decoding: text.bytes[start..<position], as: UTF8.self)
    switch word {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null": return .null
    default:
      throw text.refusal(
        at: start, "expected a value, found '\(word.brief)'",
        hint: "text stands in double quotes; the bare words are true, false and null")
    }
  }

  private mutating func number() throws(ZCError) -> JSONValue.Content {
    let start = position
    if peek == UInt8(ascii: "-") || peek == UInt8(ascii: "+") { position += 1 }
    let digits = skipDigits() + (take(UInt8(ascii: ".")) ? skipDigits() : 0)
    guard digits > 0 else {
      position = start
      throw refusal("expected a value, found \(found)")
    }
    if let byte = peek, byte | 0x20 == UInt8(ascii: "e") {
      position += 1
      if peek == UInt8(ascii: "-") || peek == UInt8(ascii: "+") { position += 1 }
      guard skipDigits() > 0 else { throw refusal("expected an exponent, found \(found)") }
    }
    let spelling = String(decoding: text.bytes[start..<position], as: UTF8.self)
    guard let value = Double(spelling), value.isFinite else {
      throw text.refusal(at: start, "the number \(spelling.brief) is too large")
    }
    return .number(value, spelling)
  }

  private mutating func skipDigits() -> Int {
    let start = position
    while let byte = peek, byte.isDigit { position += 1 }
    return position - start
  }
}

/// Strings, white space and what stands at a place.
extension JSONReader {
  private mutating func string() throws(ZCError) -> String {
    let start = position
    var bytes: [UInt8] = []
    position += 1
    while let byte = peek {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: bytes, as: UTF8.self)
      case UInt8(ascii: "\\"): bytes.append(contentsOf: String(try escape()).utf8)
      default: bytes.append(byte)
      }
    }
    throw text.refusal(
      at: start, "the header comment ends before this string does",
      hint: "a string ends with a double quote; '*/' inside one ends the header comment")
  }

  /// What follows a backslash.
  private mutating func escape() throws(ZCError) -> Unicode.Scalar {
    let start = position - 1
    guard let byte = peek else { throw refusal("expected an escape, found \(found)") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape()
    default:
      throw text.refusal(
        at: start, "no such escape in a JSON string", hint: "a backslash is written '\\\\'")
    }
  }

  /// Where the byte at `offset` of a string is spelled, of the string that begins at `quote`.
  static func place(of offset: Int, inStringAt quote: Int, _ text: AuthorText) -> Int {
    var reader = JSONReader(text, in: quote + 1..<text.bytes.count)
    var count = 0
    while count < offset, let byte = reader.peek {
      reader.position += 1
      guard byte == UInt8(ascii: "\\") else {
        count += 1
        continue
      }
      do {
        count += UTF8.width(try reader.escape())
      } catch {
        return quote
      }
    }
    return reader.position
  }

  /// The four digits after `\u`, with its second half where it is a surrogate.
  private mutating func unicodeEscape() throws(ZCError) -> Unicode.Scalar {
    let high = try fourDigits()
    guard high & 0xFC00 == 0xD800 else { return Unicode.Scalar(high) ?? "\u{FFFD}" }
    guard position + 1 < end, peek == UInt8(ascii: "\\"),
      text.bytes[position + 1] == UInt8(ascii: "u")
    else {
      return "\u{FFFD}"
    }
    let mark = position
    position += 2
    let low = try fourDigits()
    guard low & 0xFC00 == 0xDC00 else {
      position = mark
      return "\u{FFFD}"
    }
    return Unicode.Scalar(0x10000 + (high & 0x3FF) << 10 + low & 0x3FF) ?? "\u{FFFD}"
  }

  private mutating func fourDigits() throws(ZCError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = peek?.hexadecimalDigit else {
        throw refusal("expected four hexadecimal digits after '\\u', found \(found)")
      }
      position += 1
      code = code << 4 | digit
    }
    return code
  }

  private mutating func skipSpace() throws(ZCError) {
    while let byte = peek {
      if byte.isBlank || byte.isLineBreak {
        position += 1
      } else if byte == UInt8(ascii: "/"), position + 1 < end, text.bytes[position + 1] == byte {
        while let byte = peek, !byte.isLineBreak { position += 1 }
      } else if byte == UInt8(ascii: "/"), position + 1 < end,
        text.bytes[position + 1] == UInt8(ascii: "*")
      {
        throw refusal(
          "a comment inside the header begins with '//', not '/*'",
          hint: "the first '*/' ends the header")
      } else {
        return
      }
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    position += 1
    return true
  }

  private var peek: UInt8? { position < end ? text.bytes[position] : nil }

  /// What stands at the position, for messages.
  private var found: String {
    guard position < end else { return "the end of the header" }
    let rest = text.bytes[position..<min(position + 64, end)]
    guard let first = String(decoding: rest, as: UTF8.self).first else {
      return "the end of the header"
    }
    return first.isNewline ? "the end of the line" : "'\(first)'"
  }

  private func refusal(_ message: String, hint: String? = nil) -> ZCError {
    text.refusal(at: position, message, hint: hint)
  }
}
