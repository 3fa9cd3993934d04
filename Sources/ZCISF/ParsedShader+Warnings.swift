package import ZCCore

extension ParsedShader {
  /// The most warnings that are made of one shader.
  private static let warningLimit = 200

  /// What works here and not on every host, or does nothing: in the order of the text, the vertex
  /// shader's last. Looks at the text alone.
  package func warnings() throws(ZCError) -> [SourceIssue] {
    var reader = JSONReader(fragment, in: header.lowerBound + 2..<header.upperBound - 2)
    let object = try HeaderObject(
      try reader.document(), in: fragment, what: "a JSON object in the header comment")
    let code = CodeOutline(fragment)
    let vertexCode = vertex.map { CodeOutline($0) }
    var found = try HeaderWarnings(object, fragment, header).all()
    found += try UseWarnings(description, object, in: fragment, code, vertexCode).all()
    found += CodeWarnings(code, description).all()
    found.sort { ($0.line, $0.column) < ($1.line, $1.column) }
    if let vertexCode {
      let others = CodeWarnings(vertexCode, description).all()
      found += others.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    }
    return Array(found.prefix(Self.warningLimit))
  }
}
