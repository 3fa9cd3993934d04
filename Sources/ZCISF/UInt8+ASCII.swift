/// The ASCII that GLSL, JSON and size expressions are made of.
extension UInt8 {
  static let tab: UInt8 = 0x09
  static let lineFeed: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  static let space: UInt8 = 0x20

  var isDigit: Bool { self >= 0x30 && self <= 0x39 }

  var isLetter: Bool {
    let lower = self | 0x20
    return lower >= 0x61 && lower <= 0x7A
  }

  /// A letter or underscore.
  var beginsIdentifier: Bool { isLetter || self == 0x5F }

  /// A letter, digit or underscore.
  var continuesIdentifier: Bool { beginsIdentifier || isDigit }

  var isLineBreak: Bool { self == .lineFeed || self == .carriageReturn }

  /// White space that does not end a line, and every other control character.
  var isBlank: Bool { self <= 0x20 && !isLineBreak || self == 0x7F }

  /// What a hexadecimal digit stands for.
  var hexadecimalDigit: UInt32? {
    if isDigit { return UInt32(self) - 0x30 }
    let lower = self | 0x20
    return lower >= 0x61 && lower <= 0x66 ? UInt32(lower) - 0x57 : nil
  }

  var opensBracket: Bool {
    self == UInt8(ascii: "(") || self == UInt8(ascii: "[") || self == UInt8(ascii: "{")
  }

  var closesBracket: Bool {
    self == UInt8(ascii: ")") || self == UInt8(ascii: "]") || self == UInt8(ascii: "}")
  }

  /// Part of a GLSL operator.
  var isOperator: Bool {
    switch Unicode.Scalar(self) {
    case "+", "-", "*", "/", "%", "<", ">", "=", "!", "&", "|", "^", "~", "?", ".": true
    default: false
    }
  }
}
