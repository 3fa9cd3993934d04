import Testing
import ZCCore
import ZCISF

/// What drivers print of the same mistakes. Mesa's and ANGLE's lines were recorded; the others' are
/// the forms in public reports, with the names of the shader below: NVIDIA
/// (patriciogonzalezvivo/comfyui_glslnodes#15, simon-budig/shadertoy#9, RPCS3/rpcs3#2455,
/// laurentlb/shader-minifier#521, ebruneton/precomputed_atmospheric_scattering#12,
/// MovingBlocks/Terasology#434, OGRECave/ogre#69), AMD (yvt/openspades#144, TheCherno/Sparky#66,
/// RPCS3/rpcs3#6613), Apple (thedmd/imgui-node-editor#192, servo/webrender#3026,
/// Hypersomniac/blender-shader#7).
@Suite("drivers' logs")
struct DriverLogTests {
  // Line 1 is the header, so the body begins in line 2.
  private static let body = """
    float twice(float x) { return 2.0 * x; }
    void main() {
      gl_FragColor = vec4(levle);
      gl_FragColor = vec4(smothstep(0.0, 1.0, iTime));
      gl_FragColor = IMG_PIXEL(inputImage);
      float a = twice(1.0, 2.0)
      float b = a * 2;
      if (b) discard;
    }
    """

  private func issues(
    _ log: String, _ stage: Translation.Stage = .fragment, body: String = Self.body,
    vertex: String? = nil
  ) throws -> [SourceIssue] {
    let shader = try shader(
      """
      {"INPUTS": [{"NAME": "inputImage", "TYPE": "image"}, {"NAME": "level", "TYPE": "float"}]}
      """, body: body, vertex: vertex)
    return try Translation(shader, dialect: .gl450).issues(inLog: log, stage: stage)
  }

  struct Told: Sendable {
    var log: String
    var place: String
    var code: String
    var hint: String?
  }

  private static let undeclared = ("Blur.fs:4:23", "undeclared", "did you mean 'level'?")
  private static let misspelt = ("Blur.fs:5:23", "call", "did you mean 'smoothstep'?")
  private static let pixel = (
    "Blur.fs:6:18", "call", "it is called as IMG_PIXEL(image, vec2 pixel)"
  )
  private static let semicolon = ("Blur.fs:7:28", "syntax", "is a ';' missing here?")
  private static let mixed = (
    "Blur.fs:8:15", "type", "write a float with a point, 1.0 say; float(i) makes one of an int"
  )
  private static let condition = (
    "Blur.fs:9", "type", "a condition is a bool: compare, x > 0.5 or i != 0 say"
  )

  private static func told(_ log: String, _ what: (String, String, String)) -> Told {
    Told(log: log, place: "shaders/" + what.0, code: what.1, hint: what.2)
  }

  static let mesa = [
    told("0:4(23): error: `levle' undeclared", undeclared),
    told("0:5(23): error: no function with name 'smothstep'", misspelt),
    told(
      "0:6(18): error: no matching function for call to `IMG_PIXEL(sampler2D)'; candidates are:",
      pixel),
    told("1:8(3): error: syntax error, unexpected BASIC_TYPE_TOK, expecting ',' or ';'", semicolon),
    told(
      "0:8(14): error: could not implicitly convert operands to arithmetic operator",
      mixed),
  ]
  static let angle = [
    told("ERROR: 1:4: 'levle' : undeclared identifier", undeclared),
    told("ERROR: 1:5: 'smothstep' : no matching overloaded function found", misspelt),
    told("ERROR: 1:6: 'IMG_PIXEL' : no matching overloaded function found", pixel),
    told("ERROR: 1:8: 'float' : syntax error", semicolon),
    told(
      "ERROR: 1:8: '*' : wrong operand types - no operation '*' exists that takes a left-hand operand of type 'highp float' and a right operand of type 'const int' (or there is no acceptable conversion)",
      mixed),
    told("ERROR: 1:9: '' : boolean expression expected", condition),
  ]
  static let nvidia = [
    told("0(4) : error C1503: undefined variable \"levle\"", undeclared),
    told("0(4) : error C1008: undefined variable \"levle\"", undeclared),
    told(
      "0(5) : error C3002: call to undefined function \"float smothstep(float, float, float);\"",
      misspelt),
    told(
      "0(6) : error C1115: unable to find compatible overloaded function \"IMG_PIXEL(sampler2D)\"",
      pixel),
    told(
      "0(8) : error C0000: syntax error, unexpected reserved word \"float\" at token \"float\"",
      semicolon),
    told(
      "0(8) : error C7011: implicit cast from \"int\" to \"float\"",
      ("Blur.fs:8", "type", mixed.2)),
  ]
  static let others = [
    told("ERROR: 0:4: error(#143) Undeclared identifier: levle", undeclared),
    told("ERROR: 0:5: error(#202) No matching overloaded function found: smothstep", misspelt),
    told("ERROR: 0:8: error(#132) Syntax error: \"float\" parse error", semicolon),
    told("ERROR: 0:4: Use of undeclared identifier 'levle'", undeclared),
    told("ERROR: 0:5: Invalid call of undeclared identifier 'smothstep'", misspelt),
    told("ERROR: 0:8: '*' does not operate on 'float' and 'int'", mixed),
  ]

  @Test(
    "the same mistake is told with its place, code and hint",
    arguments: mesa + angle + nvidia + others)
  func drivers(_ told: Told) throws {
    let issue = try #require(try issues(told.log).first)
    #expect(issue.place == told.place)
    #expect(issue.code == told.code)
    #expect(issue.hint == told.hint)
  }

  @Test("functions that could have been meant are the hint, not errors")
  func candidates() throws {
    let mesa = try issues(
      """
      0:7(13): error: no matching function for call to `twice(float, float)'; candidates are:
      0:7(13): error:    float twice(float)
      0:4(23): error: `levle' undeclared
      """)
    #expect(
      mesa.map(\.message) == [
        "no matching function for call to `twice(float, float)'", "`levle' undeclared",
      ])
    #expect(mesa.first?.hint == "there is float twice(float)")
    let nvidia = try issues(
      """
      0(5) : error C1101: ambiguous overloaded function reference "smoothstep(float, float, int)"
          (0) : float64_t smoothstep(float64_t, float64_t, float64_t)
          (0) : float smoothstep(float, float, float)
      """)
    #expect(nvidia.count == 1)
    #expect(nvidia.first?.hint?.hasPrefix("there is float64_t smoothstep(float64_t,") == true)
  }

  @Test("what follows from a mistake in the same line is left out")
  func consequences() throws {
    let mesa = """
      0:4(23): error: `levle' undeclared
      0:4(18): error: cannot construct `vec4' from a non-numeric data type
      0:5(18): error: type mismatch
      """
    #expect(try issues(mesa).map(\.line) == [4, 5])
    let angle = """
      ERROR: 1:6: 'IMG_PIXEL' : no matching overloaded function found
      ERROR: 1:6: '=' : dimension mismatch
      ERROR: 1:6: 'assign' : cannot convert from 'const mediump float' to 'out highp 4-component vector of float'
      ERROR: 1:8: '=' : dimension mismatch
      """
    #expect(try issues(angle).map(\.line) == [6, 8])
    let amd = """
      Fragment shader failed to compile with the following errors:
      ERROR: 0:4: error(#143) Undeclared identifier: levle
      ERROR: 0:4: error(#216) Vector field selection out of range "xyz"
      ERROR: error(#273) 2 compilation errors.  No code generated
      """
    #expect(try issues(amd).filter { $0.line > 0 }.count == 1)
  }

  @Test("a missing main is told what main is")
  func missingMain() throws {
    for log in [
      "error: fragment shader lacks `main'", "ERROR: -1:-1: '' : Missing main()",
      "(0) : error C3001: no program defined",
    ] {
      let issue = try #require(try issues(log, .program, body: "float f() { return 1.0; }").first)
      #expect(issue.code == "main")
      #expect(issue.hint?.contains("void main()") == true)
      let other = try issues(
        log, .program, body: "void mainImage(out vec4 c, in vec2 p) { c = vec4(1.0); }")
      #expect(other.first?.hint?.contains("zcgpu convert shadertoy") == true)
    }
  }

  @Test("what linking says of a function or varying goes to where that stands first")
  func linking() throws {
    let body =
      "varying vec2 v;\nfloat f(float x);\nvoid main() { gl_FragColor = vec4(v, f(1.0), 1.0); }"
    for (log, line, column) in [
      ("error: unresolved reference to function `f'", 3, 7),
      ("ERROR: Function f() called by main() is undefined", 3, 7),
      ("0:0(0): error: function `float f(float)' has static recursion", 3, 7),
      ("ERROR: Recursive function call in the following call chain: f", 3, 7),
      ("FRAGMENT varying v does not match any VERTEX varying", 2, 14),
      ("error: fragment shader input `v' has no matching output in the previous stage", 2, 14),
    ] {
      let issue = try #require(try issues(log, .program, body: body).first)
      #expect(issue.line == line)
      #expect(issue.column == column)
      #expect(issue.hint != nil)
    }
  }

  @Test("a mistake in the vertex shader is looked at there")
  func vertex() throws {
    let issue = try #require(
      try issues(
        "0:2(20): error: `levle' undeclared", .vertex,
        vertex: "void main() {\n  gl_Position = vec4(levle)\n}"
      ).first)
    #expect(issue.place == "shaders/Blur.vs:2:22")
    #expect(issue.hint == "did you mean 'level'?")
  }

  @Test(
    "each has its hint",
    arguments: [
      (
        "float double = 1.0;", "1:2(7): error: syntax error, unexpected BASIC_TYPE_TOK", "reserved",
        "'double' is a word of GLSL: choose another name"
      ),
      (
        "float3 x;", "1:2(8): error: syntax error, unexpected NEW_IDENTIFIER", "undeclared",
        "there is no 'float3' in ISF: use vec3"
      ),
      (
        "void main() {", "1:2(14): error: syntax error, unexpected end of file", "syntax",
        "the '{' of line 2 is never closed"
      ),
      (
        "vec4 c = vec4((1.0);",
        "1:2(20): error: syntax error, unexpected ';', expecting ')' or ','",
        "syntax", "is a ')' missing before this?"
      ),
      (
        "float x = 5.0 % 2.0;", "0:2(11): error: LHS of operator % must be an integer", "type",
        "'%' is for integers: use mod(x, y)"
      ),
      (
        "float g = level;",
        "0:2(11): error: initializer of global variable `g' must be a constant expression",
        "constant", "what is known only while drawing is set at the beginning of main()"
      ),
      (
        "level = 1.0;", "0:2(1): error: assignment to read-only variable 'level'", "read-only",
        "'level' is set from outside: copy it to a variable of your own"
      ),
      (
        "vec4 t = texture(x, y);", "ERROR: 1:2: 'texture' : function name expected", "call",
        "its arguments are of other types, or too many or few; a float has a point: 2.0"
      ),
      (
        "vec4 texture = texture(x, y);", "ERROR: 1:2: 'texture' : function name expected", "call",
        "'texture' is a variable here, which hides the function: give it another name"
      ),
      (
        "#include \"x\"", "1:2(1): preprocessor error: include \"x\" not found", "preprocessor",
        "ISF has no #include: paste the file's text"
      ),
      (
        "out vec4 a;",
        "ERROR: 1:2: 'a' : must explicitly specify all locations when using multiple fragment outputs",
        "output", "use gl_FragColor or an 'out' of your own, not both"
      ),
      (
        "uniform float TIME;", "0:2(15): error: `TIME' redeclared", "redeclared",
        "ISF declares 'TIME' itself: leave this out"
      ),
      (
        "float x = a.z;", "0:2(13): error: invalid swizzle / mask `z'", "component",
        "a vec2 has x and y, a vec3 z too, a vec4 w too; a float has none"
      ),
      (
        "x = vec2(1.0, 2.0, 3.0);", "0:2(5): error: too many parameters to `vec2' constructor",
        "type",
        "a vector takes as many numbers as it has components, or one for all"
      ),
      (
        "x = iTime;", "ERROR: 1:2: 'iTime' : undeclared identifier", "undeclared",
        "'iTime' is Shadertoy's: in ISF it is TIME; 'zcgpu convert shadertoy FILE' converts a whole shader"
      ),
    ])
  func hints(body: String, log: String, code: String, hint: String) throws {
    let issue = try #require(try issues(log, body: body).first)
    #expect(issue.code == code)
    #expect(issue.hint == hint)
  }

  @Test("of a log without end only the beginning is told")
  func bounded() throws {
    let log = (1...5000).map { "0:4(23): error: `x\($0)' undeclared" }.joined(separator: "\n")
    #expect(try issues(log).count == 100)
  }
}
