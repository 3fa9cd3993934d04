/// One value of a header, with its place in the file.
struct JSONValue: Sendable {
  enum Content: Sendable {
    case null
    case bool(Bool)
    /// The number, and its spelling.
    case number(Double, String)
    case string(String)
    case array([JSONValue])
    case object([Member])
  }

  struct Member: Sendable {
    var name: String
    var value: JSONValue
  }

  var content: Content
  /// Where the value begins in the file, in bytes.
  var offset: Int

  /// What it is, for messages.
  var noun: String {
    switch content {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(_, let spelling): "the number \(spelling.brief)"
    case .string(let text): text.isEmpty ? "an empty string" : "the string \"\(text.brief)\""
    case .array(let values): "an array of \(values.count)"
    case .object: "an object"
    }
  }
}
