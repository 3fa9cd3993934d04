package import ZCCore

/// An ISF shader as complete GLSL, and the way back from a driver's log to the author's lines.
package struct Translation: Sendable {
  /// Where a driver's log comes from.
  package enum Stage: Hashable, Sendable {
    case vertex
    case fragment
    /// Linking both.
    case program
  }

  /// The vertex shader's complete source.
  package let vertex: String
  /// The fragment shader's complete source.
  package let fragment: String
  /// The author gave a vertex shader: draw a strip of 4 vertices, else one triangle of 3 that
  /// covers the target. Both need no attributes.
  package let usesQuad: Bool
  /// A draw may leave pixels of the target as they were, so it must be cleared first.
  package let mayLeavePixels: Bool
  let names: NameMap
  let fragmentFile: TranslatedFile
  let vertexFile: TranslatedFile?

  /// Writes the GLSL for `dialect`.
  package init(_ shader: ParsedShader, dialect: Dialect) throws(ZCError) {
    let fragmentCode = AuthorCode(shader.fragment, without: shader.header)
    let vertexCode = shader.vertex.map { AuthorCode($0) }
    try CodeBounds.check(fragmentCode)
    if let vertexCode { try CodeBounds.check(vertexCode) }
    let names = NameMap(
      shader.description,
      functions: fragmentCode.functions.union(vertexCode?.functions ?? []))
    let output = FragmentOutput(fragmentCode, names: names)
    let fragmentFile = TranslatedFile(
      fragmentCode, stage: .fragment, names: names, output: output, dialect: dialect,
      inputs: shader.description.inputs)
    let vertexFile = vertexCode.map {
      TranslatedFile(
        $0, stage: .vertex, names: names, output: output, dialect: dialect,
        inputs: shader.description.inputs)
    }
    let prelude = Prelude(
      description: shader.description, names: names, dialect: dialect,
      usesQuad: vertexCode != nil)

    self.names = names
    self.fragmentFile = fragmentFile
    self.vertexFile = vertexFile
    self.usesQuad = vertexCode != nil
    self.mayLeavePixels =
      vertexCode != nil || fragmentCode.mentioned.contains("discard") || !output.isMentioned
    self.fragment =
      prelude.fragment(output, declarations: fragmentFile.declarations)
      + "#line 1 \(SourceNumber.fragment)\n" + fragmentFile.string
    self.vertex =
      if let vertexFile {
        prelude.vertex(declarations: vertexFile.declarations)
          + "#line 1 \(SourceNumber.vertex)\n" + vertexFile.string
      } else {
        prelude.vertex(declarations: "") + "void main() { isf_vertShaderInit(); }\n"
      }
  }

  /// The uniform that carries the input or target `name`: the same, unless GLSL has taken it.
  package func uniformName(of name: String) -> String { names.uniformName(of: name) }
}

/// The numbers by which driver logs tell texts apart; the prelude is 0.
enum SourceNumber {
  static let fragment = 1
  static let vertex = 2
}
