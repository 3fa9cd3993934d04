/// JSON being written: for reports that cross the C ABI as text.
package indirect enum JSONText: Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSONText])
  /// In the order given.
  case object([(String, JSONText)])

  /// The text in one line. Numbers that JSON does not have (NaN, infinities) become null.
  package var text: String {
    var out = ""
    write(to: &out)
    return out
  }

  private func write(to out: inout String) {
    switch self {
    case .null: out += "null"
    case .bool(let value): out += value ? "true" : "false"
    case .integer(let value): out += "\(value)"
    case .number(let value): out += value.isFinite ? "\(value)" : "null"
    case .string(let value): Self.quote(value, into: &out)
    case .array(let values):
      out += "["
      for (index, value) in values.enumerated() {
        if index > 0 { out += ", " }
        value.write(to: &out)
      }
      out += "]"
    case .object(let members):
      out += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { out += ", " }
        Self.quote(member.0, into: &out)
        out += ": "
        member.1.write(to: &out)
      }
      out += "}"
    }
  }

  private static func quote(_ text: String, into out: inout String) {
    out += "\""
    let bytes = text.utf8
    /// Where the run that needs no escape begins.
    var start = bytes.startIndex
    for (index, byte) in zip(bytes.indices, bytes) {
      guard let escape = escape(byte) else { continue }
      out += text[start..<index]
      out += escape
      start = bytes.index(after: index)
    }
    out += text[start...]
    out += "\""
  }

  /// What stands for a byte that a JSON string cannot hold.
  private static func escape(_ byte: UInt8) -> String? {
    switch byte {
    case UInt8(ascii: "\""): return "\\\""
    case UInt8(ascii: "\\"): return "\\\\"
    case UInt8(ascii: "\n"): return "\\n"
    case UInt8(ascii: "\r"): return "\\r"
    case UInt8(ascii: "\t"): return "\\t"
    case 0..<0x20:
      let hex = String(byte, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
    default: return nil
    }
  }
}

extension JSONText {
  /// The string, or null.
  package static func optional(_ text: String?) -> JSONText { text.map { .string($0) } ?? .null }
  /// The number, or null.
  package static func optional(_ number: Double?) -> JSONText {
    number.map { .number($0) } ?? .null
  }
}
