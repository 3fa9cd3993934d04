/// One line of a driver's log: what it says, and where, as far as the driver's way of writing is
/// known.
struct DriverLogLine: Hashable {
  enum Severity: Hashable { case error, warning, unknown }

  /// The number of the source text, its line and its column (0: unknown); nil without a place.
  struct Place: Hashable {
    var source: Int
    var line: Int
    var column: Int

    /// The line, whatever the column and the number: Mesa's parser and its later stages disagree.
    var lineAlone: Place { Place(source: 0, line: line, column: 0) }
  }

  var place: Place?
  var severity: Severity
  /// Without the place and the severity.
  var message: String

  /// It is no error of its own but a function that could have been meant by the line before:
  /// `0:4(23): error:    float mix(float, float, float)` (Mesa), `    (0) : float log(float)` (NVIDIA).
  var isCandidate = false

  /// Reads `1:14(3): error: …` (Mesa), `1(14) : error C1503: …` (NVIDIA), `ERROR: 1:14: …` (ANGLE,
  /// glslang, Apple) and `ERROR: 1:14: error(#143) …` (AMD).
  init(_ line: Substring) {
    var rest = Self.trimmed(line)
    var severity = Severity.unknown
    for (word, meaning) in [("ERROR:", Severity.error), ("WARNING:", .warning)]
    where rest.hasPrefix(word) {
      severity = meaning
      rest = Self.trimmed(rest.dropFirst(word.count))
    }
    if let (place, behind) = Self.place(at: rest) {
      self.place = place
      rest = behind
    }
    if severity == .unknown {
      for (word, meaning) in Self.severities where Self.begins(rest, with: word) {
        severity = meaning
        let behind = rest.dropFirst(word.count)
        isCandidate = behind.hasPrefix("   ")
        rest = Self.trimmed(behind)
        break
      }
    }
    if Self.begins(rest, with: "error(#"), let end = rest.firstIndex(of: ")") {
      rest = Self.trimmed(rest[end...].dropFirst())
    }
    if place == nil, line.first == " ", rest.hasPrefix("(0) : ") {
      isCandidate = true
      rest = rest.dropFirst("(0) : ".count)
    }
    self.severity = severity
    self.message = String(rest)
  }

  /// It says anything at all: no rule, no empty line.
  var hasWords: Bool { message.utf8.contains { $0.isLetter || $0.isDigit || $0 >= 0x80 } }

  private static let severities: [(String, Severity)] = [
    ("preprocessor error:", .error), ("preprocessor warning:", .warning),
    ("fatal error:", .error), ("error:", .error), ("warning:", .warning),
    ("error ", .error), ("warning ", .warning),
  ]

  private static func begins(_ text: Substring, with word: String) -> Bool {
    text.prefix(word.count).lowercased() == word
  }

  /// Two numbers at the beginning, and a third where there is one.
  private static func place(at text: Substring) -> (Place, Substring)? {
    var rest = text
    guard let source = takeNumber(&rest), let mark = rest.first else { return nil }
    rest.removeFirst()
    guard mark == ":" || mark == "(", let line = takeNumber(&rest) else { return nil }
    var column = 0
    var behind = rest
    if mark == "(" {
      guard take(")", &rest) else { return nil }
      behind = rest
    } else if take("(", &rest), let number = takeNumber(&rest), take(")", &rest) {
      column = number
      behind = rest
    } else {
      rest = behind
      if take(":", &rest), let number = takeNumber(&rest), rest.first == ":" {
        column = number
        behind = rest
      }
    }
    behind = trimmed(behind)
    guard take(":", &behind) else { return nil }
    return (Place(source: source, line: line, column: column), trimmed(behind))
  }

  /// A run of digits; nil where there is none or it is no line number any more. ANGLE writes -1
  /// where it knows none.
  private static func takeNumber(_ text: inout Substring) -> Int? {
    if text.hasPrefix("-1") {
      text.removeFirst(2)
      return -1
    }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int32(digits) else { return nil }
    text.removeFirst(digits.count)
    return Int(number)
  }

  private static func take(_ mark: Character, _ text: inout Substring) -> Bool {
    guard text.first == mark else { return false }
    text.removeFirst()
    return true
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop { $0.isWhitespace }
    while let last = text.last, last.isWhitespace || last == "\0" { text.removeLast() }
    return text
  }
}
