/// What a header has that strict JSON has not.
enum LooseJSON {
  /// The first such thing in `range`, with its place.
  static func first(in bytes: [UInt8], _ range: Range<Int>) -> (offset: Int, what: String)? {
    var comma: Int?
    var position = range.lowerBound + 2
    let end = range.upperBound - 2
    while position < end {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        if let control = endOfString(bytes, &position, end) {
          return (control, "a raw control character in a string")
        }
        comma = nil
        continue
      case UInt8(ascii: "/"): return (position, "a comment in the header")
      case UInt8(ascii: ","): comma = position
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        if let comma { return (comma, "a comma before a closing bracket") }
      case _ where byte.isBlank || byte.isLineBreak: break
      default:
        comma = nil
        let start = position
        let word = bytes[start..<end].prefix {
          $0.continuesIdentifier || "+-.".utf8.contains($0)
        }
        guard !word.isEmpty else { break }
        if !isStrict(word) {
          let text = String(decoding: word, as: UTF8.self)
          return (start, "'\(text)'")
        }
        position = word.endIndex
        continue
      }
      position += 1
    }
    return nil
  }

  /// Moves behind a string; gives the first raw control character in it.
  private static func endOfString(_ bytes: [UInt8], _ position: inout Int, _ end: Int) -> Int? {
    position += 1
    while position < end, bytes[position] != UInt8(ascii: "\"") {
      if bytes[position] < 0x20 { return position }
      position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    position += 1
    return nil
  }

  /// A word or number as JSON spells it: no `+1`, `.5`, `1.`, `TRUE`.
  private static func isStrict(_ word: ArraySlice<UInt8>) -> Bool {
    if ["true", "false", "null"].contains(where: { word.elementsEqual($0.utf8) }) { return true }
    var rest = word
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    let whole = rest.prefix(while: \.isDigit)
    guard !whole.isEmpty, whole.count == 1 || whole.first != UInt8(ascii: "0") else {
      return false
    }
    rest = rest[whole.endIndex...]
    if rest.first == UInt8(ascii: ".") {
      let digits = rest.dropFirst().prefix(while: \.isDigit)
      guard !digits.isEmpty else { return false }
      rest = rest[digits.endIndex...]
    }
    guard let exponent = rest.first else { return true }
    guard exponent | 0x20 == UInt8(ascii: "e") else { return false }
    rest.removeFirst()
    if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    return !rest.isEmpty && rest.allSatisfy(\.isDigit)
  }
}
