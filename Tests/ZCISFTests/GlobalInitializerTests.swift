import Testing
import ZCCore
import ZCISF

@Suite("global variables under OpenGL ES")
struct GlobalInitializerTests {
  private func moved(_ text: String, header: String = "{}") throws -> String {
    try fragmentBody(text, header: header, dialect: .es310)
  }

  private let main = "void main() {}\n"

  /// The call of setters, in order, at the end of the text.
  private func ours(_ setters: Int...) -> String {
    "void main() {\n\(setters.map { "isf_global\($0)();\n" }.joined())isf_main();\n}"
  }

  @Test("a value that is no constant expression is given at the beginning of main")
  func simple() throws {
    #expect(
      try moved("float t = TIME * 2.0;\n\(main)")
        == """
         float t; void isf_global0() { t = TIME * 2.0; }
        void isf_main() {}
        \(ours(0))

        """)
  }

  @Test(
    "what is one stays as it is",
    arguments: [
      "float a = 1.0;", "const float a = sin(1.0) * 3.0, b = a;",
      "vec2 a[2] = vec2[](vec2(0), vec2(1));",
      "#define N 3\nint a = N;", "struct S { float x; }; S s = S(1.0);",
      "int a = gl_MaxDrawBuffers;",
      "uniform float a;", "const int n = 2; float a[n];", "in vec2 a;",
      "#define F(TIME) TIME * 2.0\nfloat a = F(1.0);",
      "struct S { float x; }; const S s = S(1.0);",
    ])
  func constant(text: String) throws {
    #expect(try moved("\(text)\n\(main)").hasSuffix("void main() {}\n"))
  }

  @Test("const goes with the value, and what depends on it follows")
  func const() throws {
    #expect(
      try moved("const highp float a = TIME, b = 2.0, c = a;\(main)")
        == " highp float a; void isf_global0() { a = TIME ; } const highp float b = 2.0 ; "
        + "highp float c; void isf_global1() { c = a; }void isf_main() {}\n\(ours(0, 1))\n")
  }

  @Test("macros are looked into, functions are none")
  func macros() throws {
    for text in [
      "#define T (TIME)\nfloat a = T;", "#define T U\n#define U T + TIME\nfloat a = U;",
      "float f() { return 1.0; }\nfloat a = f();", "float a = 1.0; float b = a;",
      "float a = texture(i, vec2(0)).x;",
    ] {
      #expect(try moved("\(text)\n\(main)").contains("isf_global0"))
    }
  }

  @Test("arrays keep their size, or are told it")
  func arrays() throws {
    #expect(
      try moved("float a[] = float[](TIME, f(1, 2), 3.0);\(main)")
        .hasPrefix(" float a[3]; void isf_global0() { a = float[](TIME, f(1, 2), 3.0); }"))
    #expect(
      try moved("float[2] a = float[2](TIME, 1.0);\(main)")
        .hasPrefix(" float a[2]; void isf_global0() { a = float[2](TIME, 1.0); }"))
  }

  @Test("under a condition, the call stands under one that is as true")
  func conditional() throws {
    let lines = [
      "#if A", " ", "#define isf_global0_is_there", "#line 3 1",
      " float t; void isf_global0() { t = TIME; }", "#endif", "void isf_main() {}",
      "void main() {", "#ifdef isf_global0_is_there", "isf_global0();", "#endif", "isf_main();",
      "}", "",
    ]
    #expect(
      try moved("#if A\nfloat t = TIME;\n#endif\n\(main)") == lines.joined(separator: "\n"))
  }

  @Test("braces under conditions do not hide where the top level is")
  func braces() throws {
    let text = """
      void f() {
      #if A
      for (;;) {
      #else
      vec2 p;
      #endif
      int q = g;
      #if A
      }
      #endif
      }
      \(main)
      """
    #expect(try !moved(text).contains("isf_global"))
  }

  @Test("on desktop only constants must move, and what may need them")
  func desktop() throws {
    let plain = "float t = TIME;\n\(main)"
    #expect(try fragmentBody(plain) == plain)
    #expect(
      try fragmentBody("const float t = TIME; float u = t;\n\(main)")
        == " float t; void isf_global0() { t = TIME; } float u; void isf_global1() { u = t; }\n"
        + "void isf_main() {}\n\(ours(0, 1))\n")
  }

  @Test("locals, and text without main, stay")
  func others() throws {
    #expect(try !moved("void main() { float t = TIME; }").contains("isf_global"))
    #expect(try !moved("float t = TIME;").contains("isf_global"))
  }

  @Test("an error's column is the author's")
  func columns() throws {
    let translation = try Translation(
      try shader("{}", body: "float a = TIME, b = nope + a;\n\(main)"), dialect: .es310)
    let lines = translation.fragment.split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(lines.first { $0.contains("nope") })
    let start = try #require(line.firstRange(of: "nope")).lowerBound
    let column = line.distance(from: line.startIndex, to: start) + 1
    let issue = try #require(
      translation.issues(inLog: "1:2(\(column)): error: bad", stage: .fragment).first)
    #expect((issue.line, issue.column) == (2, 21))
  }
}
