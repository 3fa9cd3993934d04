import ZCCore
import ZCISF

/// A parsed shader of a header, a body in the line behind it, and perhaps a vertex shader.
func shader(
  _ header: String, body: String = "void main() { gl_FragColor = vec4(1.0); }",
  vertex: String? = nil
) throws(ZCError) -> ParsedShader {
  try ParsedShader(
    parsing: ShaderSource(
      fragment: Array("/*\(header)*/\n\(body)".utf8), fragmentPath: "shaders/Blur.fs",
      vertex: vertex.map { Array($0.utf8) }, vertexPath: vertex == nil ? nil : "shaders/Blur.vs"))
}

/// What reading a whole file's text is refused with; nil where it is fine.
func refusal(of text: String) -> SourceIssue? {
  refusal(ofBytes: Array(text.utf8))
}

func refusal(ofBytes bytes: [UInt8]) -> SourceIssue? {
  do {
    _ = try ParsedShader(parsing: ShaderSource(fragment: bytes, fragmentPath: "Blur.fs"))
    return nil
  } catch {
    guard case .header(let issue) = error else {
      return SourceIssue(message: "another error: \(error)")
    }
    return issue
  }
}

/// The one input of a header, declared by these members.
func input(_ members: String) throws(ZCError) -> InputDescription {
  let inputs = try shader("{\"INPUTS\": [{\"NAME\": \"x\", \(members)}]}").description.inputs
  guard let input = inputs.first else { throw .invalidArgument("no input") }
  return input
}

/// What a header whose one input has these members is refused with.
func inputRefusal(_ members: String) -> SourceIssue? {
  refusal(of: "/*{\"INPUTS\": [{\(members)}]}*/")
}

/// The author's part of the fragment shader, for desktop OpenGL.
func fragmentBody(
  _ body: String, header: String = "{}", dialect: Dialect = .gl450
) throws(ZCError) -> String {
  let text = try Translation(try shader(header, body: body), dialect: dialect).fragment
  return authorsPart(of: text)
}

/// What follows the prelude, without the empty line in the place of the header, and without what
/// sets the output to 0 at the beginning of `main`.
func authorsPart(of text: String) -> String {
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  guard let start = lines.lastIndex(where: { $0.hasPrefix("#line 1 ") }) else { return "" }
  return lines[(start + 1)...].drop { $0.isEmpty }.joined(separator: "\n")
    .replacing(" isf_FragColor = vec4(0);", with: "")
}
