import Testing
import ZCCore
import ZCISF

@Suite("GLSL of all ages")
struct LegacyTests {
  private func fragment(_ body: String) throws -> String {
    try Translation(try shader("{}", body: body), dialect: .gl450).fragment
  }

  @Test(
    "old words become today's",
    arguments: [
      ("varying vec2 a;", "in vec2 a;"),
      ("gl_FragColor = c;", "isf_FragColor = c;"),
      ("texture2D(a, b)", "texture(a, b)"),
      ("texture2DLod(a, b, 0.0)", "textureLod(a, b, 0.0)"),
      ("texture2DProj(a, b)", "textureProj(a, b)"),
      ("textureCube(a, b)", "texture(a, b)"),
      ("texture2DRect(a, b)", "IMG_PIXEL(a, b)"),
      ("#define TAP(x) texture2D(a, x)", "#define TAP(x) texture(a, x)"),
      ("my_texture2D(a)", "my_texture2D(a)"),
    ])
  func words(old: String, new: String) throws {
    #expect(try fragmentBody(old) == new + "\n")
  }

  @Test("an author's own texture2D stays his own")
  func ownTexture() throws {
    let function = "vec4 texture2D(sampler2D s, vec2 p) { return texture(s, p); }\n"
    #expect(try fragmentBody(function) == function)
    let macro = "#define texture2D(s, p) texture(s, p)\ntexture2D(a, b)\n"
    #expect(try fragmentBody(macro) == macro)
  }

  @Test("stray preprocessor lines go, others stay")
  func directives() throws {
    #expect(
      try fragmentBody("x\n #version 120\n#  extension a : \\\nenable\n#line 7\n#pragma b\ny")
        == "x\n\n\n\n\n#pragma b\ny\n")
  }

  @Test(
    "reserved words that the author declares get another name everywhere",
    arguments: [
      (
        "float sample = 1.0; sample += sample;", "float isf_sample = 1.0; isf_sample += isf_sample;"
      ),
      (
        "vec4 filter(vec2 input) { return f(input); }",
        "vec4 isf_filter(vec2 isf_input) { return f(isf_input); }"
      ),
      (
        "float a, half = 2.0, active;", "float a = float(0), isf_half = 2.0, isf_active = float(0);"
      ),
      ("float a[2], common;", "float a[2], isf_common = float(0);"),
      ("struct S { float buffer; }; s.buffer", "struct S { float isf_buffer; }; s.isf_buffer"),
      ("void f(S output) {}", "void f(S isf_output) {}"),
      ("float[2] sample;", "float[2] isf_sample;"),
    ])
  func reserved(old: String, new: String) throws {
    #expect(try fragmentBody(old) == new + "\n")
  }

  @Test(
    "reserved words that are used as words stay",
    arguments: [
      "smooth in vec2 a;", "flat in int b;", "buffer Block { float c; };",
      "f(a, sample)", "return sample;",
    ])
  func qualifiers(text: String) throws {
    #expect(try fragmentBody(text) == text + "\n")
  }

  @Test("a qualifier stays one where another has that name")
  func both() throws {
    #expect(
      try fragmentBody("smooth in vec2 a; float smooth = b;")
        == "smooth in vec2 a; float isf_smooth = b;\n"
    )
  }

  @Test("the output is declared as the shader needs it")
  func outputs() throws {
    let ours = "layout(location = 0) out vec4 isf_FragColor;"
    #expect(try fragment("void main() { gl_FragColor = c; }").contains(ours))
    #expect(try fragment("void main() { }").contains(ours))
    let own = try fragment("out vec4 result; void main() { result = c; }")
    #expect(!own.contains("isf_FragColor"))
    #expect(try fragment("out vec4 r; void main() { gl_FragColor = c; }").contains(ours))
    let many = try fragment("void main() { gl_FragData[0] = c; gl_FragColor = d; }")
    #expect(many.contains("layout(location = 0) out vec4 isf_FragData[gl_MaxDrawBuffers];"))
    #expect(many.contains("isf_FragData[0] = c; isf_FragData[0] = d; }"))
  }

  @Test("fragColor without a declaration is the output, with one it is the author's")
  func fragColor() throws {
    #expect(try fragmentBody("fragColor = c;") == "isf_FragColor = c;\n")
    for own in [
      "void f(out vec4 fragColor) {}", "#define fragColor gl\nfragColor = c;",
      "vec4 fragColor = c;", "out vec4 fragColor;",
    ] {
      #expect(try fragmentBody(own).contains("fragColor"))
      #expect(try !fragmentBody(own).contains("isf_FragColor"))
    }
  }

  @Test("declaring what is there already does no harm")
  func repeated() throws {
    let header = #"{"INPUTS": [{"NAME": "i", "TYPE": "image"}, {"NAME": "f", "TYPE": "float"}]}"#
    #expect(
      try fragmentBody(
        "varying vec2 vv_FragNormCoord; uniform float f, g; uniform vec2 _i_imgSize; f;",
        header: header)
        == "in vec2 isf_again0; uniform float isf_again1, g; uniform vec2 isf_again2; f;\n")
    #expect(
      try fragmentBody("out vec4 gl_FragColor; void main() { gl_FragColor = c; }")
        == "out vec4 isf_again0; void main() { isf_FragColor = c; }\n")
  }

  @Test("inputs may have names that GLSL has taken since")
  func takenInputs() throws {
    let header = """
      {"INPUTS": [{"NAME": "filter", "TYPE": "float"}, {"NAME": "texture", "TYPE": "image"}]}
      """
    let translation = try Translation(
      try shader(header, body: "texture2D(texture, vec2(filter)) * _texture_imgSize;"),
      dialect: .gl450)
    #expect(translation.fragment.contains("uniform float isf_filter;"))
    #expect(translation.fragment.contains("uniform sampler2D isf_texture;"))
    #expect(
      translation.fragment.contains(
        "#define _texture_imgSize vec2(textureSize(isf_texture, 0))"))
    #expect(
      authorsPart(of: translation.fragment)
        == "texture(isf_texture, vec2(isf_filter)) * _texture_imgSize;\n")
    #expect(translation.uniformName(of: "filter") == "isf_filter")
    #expect(translation.uniformName(of: "texture") == "isf_texture")
    #expect(translation.uniformName(of: "other") == "other")
  }
}
