import Testing
import ZCCore
import ZCISF

/// A header whose inputs have these types, by name.
private func header(_ inputs: KeyValuePairs<String, String>, targets: [String] = []) -> String {
  let declarations = inputs.map { "{\"NAME\": \"\($0.key)\", \"TYPE\": \"\($0.value)\"}" }
  let passes = targets.map { "{\"TARGET\": \"\($0)\"}" }
  return """
    {"INPUTS": [\(declarations.joined(separator: ","))], "PASSES": [\(passes.joined(separator: ","))]}
    """
}

@Suite("translation")
struct TranslationTests {
  private func lines(_ text: String) -> Set<String> {
    Set(text.split(separator: "\n").map(String.init))
  }

  @Test("every built-in value and input is a uniform of its type, in both stages")
  func uniforms() throws {
    let inputs: KeyValuePairs = [
      "e": "event", "b": "bool", "l": "long", "f": "float", "p": "point2D", "c": "color",
      "i": "image",
    ]
    let translation = try Translation(
      try shader(header(inputs, targets: ["t", "t"])), dialect: .gl450)
    let expected: Set = [
      "uniform int PASSINDEX;", "uniform vec2 RENDERSIZE;", "uniform float TIME;",
      "uniform float TIMEDELTA;", "uniform vec4 DATE;", "uniform int FRAMEINDEX;",
      "uniform bool e;", "uniform bool b;", "uniform int l;", "uniform float f;",
      "uniform vec2 p;", "uniform vec4 c;", "uniform sampler2D i;", "uniform sampler2D t;",
    ]
    for text in [translation.vertex, translation.fragment] {
      #expect(lines(text).filter { $0.hasPrefix("uniform") } == expected)
      #expect(text.split(separator: "\n").count { $0 == "uniform sampler2D t;" } == 1)
    }
  }

  @Test("images and targets have their companions")
  func companions() throws {
    let text = try Translation(
      try shader(header(["i": "image"], targets: ["t"])), dialect: .gl450
    ).fragment
    for name in ["i", "t"] {
      #expect(lines(text).contains("#define _\(name)_imgRect vec4(0.0, 0.0, 1.0, 1.0)"))
      #expect(lines(text).contains("#define _\(name)_imgSize vec2(textureSize(\(name), 0))"))
      #expect(lines(text).contains("#define _\(name)_flip false"))
    }
  }

  @Test("the dialect decides the first lines")
  func dialects() throws {
    func opening(_ dialect: Dialect) throws -> [Substring] {
      let text = try Translation(try shader("{}"), dialect: dialect).fragment
      return Array(text.split(separator: "\n").prefix { !$0.hasPrefix("in ") })
    }
    #expect(try opening(.gl450).first == "#version 450 core")
    #expect(try opening(.gl330).first == "#version 330 core")
    let es = try opening(.es310)
    #expect(es.first == "#version 310 es")
    #expect(es[1] == "#extension GL_EXT_shader_implicit_conversions : enable")
    #expect(
      es.suffix(4) == [
        "precision highp float;", "precision highp int;", "precision highp sampler2D;",
        "precision highp samplerCube;",
      ])
    var plain = Dialect.es310
    plain.hasImplicitConversions = false
    #expect(try !opening(plain).contains { $0.hasPrefix("#extension") })
  }

  @Test("the header is gone and line numbers stay true")
  func lineNumbers() throws {
    let source = ShaderSource(fragment: Array("\n/*{\n}*/ int a;\nint b = 1;".utf8))
    let text = try Translation(try ParsedShader(parsing: source), dialect: .gl450).fragment
    #expect(text.hasSuffix("#line 1 1\n\n\n int a = int(0);\nint b = 1;\n"))
  }

  @Test("code before the header is kept")
  func before() throws {
    let source = ShaderSource(fragment: Array("#version 120\nint a = 1;/*{}*/int b = 2;".utf8))
    let text = try Translation(try ParsedShader(parsing: source), dialect: .gl450).fragment
    #expect(text.hasSuffix("#line 1 1\n\nint a = 1; int b = 2;\n"))
  }

  @Test("comments become a space, their line breaks stay, and macros stay one line")
  func comments() throws {
    #expect(try fragmentBody("a/* IMG_THIS_PIXEL(é) */b // x\nc") == "a b\nc\n")
    #expect(try fragmentBody("a/*\r\n\r*/b") == "a\n\n b\n")
    #expect(try fragmentBody("#define A 1 /*\n*/ + \\\n 2\nb") == "#define A 1 + 2\n\n\nb\n")
    #expect(try fragmentBody("a // \\\n gl_FragColor\nb") == "a\n\nb\n")
  }

  @Test("without a vertex shader one triangle covers the target")
  func triangle() throws {
    let translation = try Translation(try shader("{}"), dialect: .gl450)
    #expect(!translation.usesQuad)
    #expect(!translation.mayLeavePixels)
    #expect(translation.vertex.hasSuffix("void main() { isf_vertShaderInit(); }\n"))
    #expect(
      translation.vertex.contains("vec2(float((gl_VertexID & 1) << 1), float(gl_VertexID & 2))"))
  }

  @Test("the author's vertex shader draws a strip, and may leave pixels out")
  func vertex() throws {
    let translation = try Translation(
      try shader(
        "{}",
        vertex: "varying vec2 v;\nvoid main() { vv_vertShaderInit(); v = vv_FragNormCoord; }"),
      dialect: .gl450)
    #expect(translation.usesQuad)
    #expect(translation.mayLeavePixels)
    #expect(
      authorsPart(of: translation.vertex)
        == "out vec2 v;\nvoid main() { vv_vertShaderInit(); v = vv_FragNormCoord; }\n")
    #expect(translation.vertex.contains("#line 1 2\n"))
    #expect(
      translation.vertex.contains("vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1))"))
  }

  @Test(
    "a fragment shader that discards or writes nothing leaves pixels",
    arguments: [
      ("void main() { discard; }", true), ("void main() { }", true),
      ("#define KILL discard\nvoid main() { gl_FragColor = vec4(0.0); }", true),
      ("void main() { gl_FragColor = vec4(0.0); } // discard", false),
      ("out vec4 c; void main() { c = vec4(0.0); }", false),
    ])
  func discards(body: String, expected: Bool) throws {
    let translation = try Translation(try shader("{}", body: body), dialect: .gl450)
    #expect(translation.mayLeavePixels == expected)
  }
}
