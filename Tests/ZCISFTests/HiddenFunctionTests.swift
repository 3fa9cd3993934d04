import Testing
import ZCCore
import ZCISF

@Suite("functions and inputs with built-in names")
struct HiddenFunctionTests {
  private func fragment(_ body: String, dialect: Dialect) throws -> String {
    try Translation(try shader("{}", body: body), dialect: dialect).fragment
  }

  @Test("an author's function that hides a built-in gets another name", arguments: [true, false])
  func renamed(isES: Bool) throws {
    let dialect = isES ? Dialect.es310 : .gl450
    let body = "float distance(vec2 a) { return 1.0; }\nfloat b = distance(c);\n"
    let text = try fragment(body, dialect: dialect)
    #expect(text.contains("float isf_distance(vec2 a) { return 1.0; }"))
    #expect(text.contains("isf_distance(c)"))
    // The built-in forms are there by that name.
    #expect(
      text.contains("float isf_distance(vec3 a, vec3 b) { return distance(a, b); }\n"))
  }

  @Test("the built-in's form that the author writes himself is not declared again")
  func ownForm() throws {
    let text = try fragment(
      "float length(vec2 v) { return v.x; } float[2] f; f.length();", dialect: .es310)
    #expect(!text.contains("isf_length(vec2 a)"))
    #expect(text.contains("float isf_length(float a) { return length(a); }"))
    #expect(text.contains("f.length();"))
  }

  @Test("integer forms beside the author's form for numbers are not declared on desktop")
  func integers() throws {
    let body = "float max(float a, float b) { return a; }"
    #expect(try !fragment(body, dialect: .gl450).contains("int isf_max(int a, int b)"))
    #expect(try fragment(body, dialect: .gl450).contains("ivec2 isf_max(ivec2 a, ivec2 b)"))
    #expect(try fragment(body, dialect: .es310).contains("int isf_max(int a, int b)"))
  }

  @Test("a function that not every driver sees keeps its name on desktop")
  func conditional() throws {
    let guarded = "#ifndef GL_ES\nfloat distance(vec2 a) { return 1.0; }\n#endif\ndistance(c);\n"
    #expect(try fragmentBody(guarded, dialect: .es310) == guarded)
    #expect(try fragmentBody(guarded) == guarded)
  }

  @Test("an author's function by the name of one of ours stays his")
  func ours() throws {
    let text = try fragment("vec4 IMG_PIXEL(vec2 p) { return vec4(p, p); }", dialect: .gl450)
    #expect(text.contains("vec4 isf_IMG_PIXEL(vec2 p)"))
  }

  @Test("an input may have the name of a function, called or not")
  func inputs() throws {
    let header = """
      {"INPUTS": [{"NAME": "pow", "TYPE": "float"}, {"NAME": "scale", "TYPE": "float"},
      {"NAME": "mod", "TYPE": "float"}]}
      """
    let translation = try Translation(
      try shader(
        header,
        body: "mat2 scale(vec2 scale); float mod(int a); pow(2.0, pow) + scale + mod(mod);"),
      dialect: .gl450)
    #expect(translation.uniformName(of: "pow") == "isf_pow")
    #expect(translation.uniformName(of: "scale") == "isf_scale")
    #expect(
      authorsPart(of: translation.fragment)
        == "mat2 scale(vec2 isf_scale); float isf_own_mod(int a); "
        + "pow(2.0, isf_pow) + isf_scale + isf_own_mod(isf_mod);\n")
  }

  @Test("a macro may be defined again")
  func macros() throws {
    #expect(
      try fragmentBody("#define A 1\n#define A 2\n #define isf_FragCoord B\nA")
        == """
        #define A 1

        #undef A
        #line 3 1
        #define A 2
         
        #undef isf_FragCoord
        #line 4 1
         #define isf_FragCoord B
        A

        """)
  }
}
