package import ZCCore

/// An ISF shader as read: what its header says, and the author's text.
package struct ParsedShader: Sendable {
  package let description: ShaderDescription
  /// The whole fragment file.
  package let fragment: AuthorText
  /// The author's vertex shader, where there is one.
  package let vertex: AuthorText?
  /// Where the header comment stands in `fragment`, in bytes, with its `/*` and `*/`.
  package let header: Range<Int>

  /// Reads the header. Every error is `ZCError.header`, with the line and column in the file.
  package init(parsing source: ShaderSource) throws(ZCError) {
    try Self.refuse(beyond: HeaderLimit.file, source.fragment.count, source.fragmentPath, "file")
    try Self.refuse(beyond: HeaderLimit.file, source.vertex?.count ?? 0, source.vertexPath, "file")
    let fragment = AuthorText(source.fragment, path: source.fragmentPath)
    let header = try Self.header(of: fragment)
    try Self.refuse(beyond: HeaderLimit.header, header.count, source.fragmentPath, "header")
    var reader = JSONReader(fragment, in: header.lowerBound + 2..<header.upperBound - 2)
    let object = try HeaderObject(
      try reader.document(), in: fragment, what: "a JSON object in the header comment")
    self.description = try ShaderDescription(
      object, name: Self.name(path: source.fragmentPath))
    self.fragment = fragment
    self.vertex = source.vertex.map { AuthorText($0, path: source.vertexPath) }
    self.header = header
  }

  /// The header's JSON, as written.
  package var headerText: String {
    String(decoding: fragment.bytes[header].dropFirst(2).dropLast(2), as: UTF8.self)
  }

  /// Refuses what is too long to be a shader, before more is done with it.
  private static func refuse(
    beyond limit: Int, _ count: Int, _ path: String?, _ what: String
  ) throws(ZCError) {
    guard count > limit else { return }
    throw .header(
      SourceIssue(
        path: path, line: 1, column: 1, code: Fault.header.rawValue,
        message: "the \(what) has \(count) bytes; at most \(limit) are read"))
  }

  private static let beginning = """
    an ISF file begins with a comment that holds a JSON object: /*{ "ISFVSN": "2", "INPUTS": [] }*/
    """

  /// Finds the first block comment, which must hold an object.
  private static func header(of text: AuthorText) throws(ZCError) -> Range<Int> {
    let bytes = text.bytes
    var start = 0
    while let byte = bytes[safe: start] {
      guard byte == UInt8(ascii: "/") else {
        start += 1
        continue
      }
      if bytes[safe: start + 1] == UInt8(ascii: "*") { break }
      guard bytes[safe: start + 1] == byte else {
        start += 1
        continue
      }
      while let byte = bytes[safe: start], !byte.isLineBreak { start += 1 }
    }
    guard start < bytes.count else {
      throw text.refusal(at: 0, "not an ISF shader: there is no header comment", hint: beginning)
    }
    var first = start + 2
    while let byte = bytes[safe: first], byte.isBlank || byte.isLineBreak { first += 1 }
    guard bytes[safe: first] == UInt8(ascii: "{") else {
      throw text.refusal(
        at: min(first, bytes.count),
        "not an ISF shader: the first comment holds no JSON object", hint: beginning)
    }
    var end = first
    while end < bytes.count {
      if bytes[end] == UInt8(ascii: "*"), bytes[safe: end + 1] == UInt8(ascii: "/") {
        return start..<end + 2
      }
      end += 1
    }
    throw text.refusal(at: start, "the header comment has no end", hint: "it ends with '*/'")
  }

  /// The file's name without its folder and extension.
  private static func name(path: String?) -> String {
    guard let file = path?.split(separator: "/").last else { return "untitled" }
    guard let dot = file.lastIndex(of: "."), dot > file.startIndex else { return String(file) }
    return String(file[..<dot])
  }
}
