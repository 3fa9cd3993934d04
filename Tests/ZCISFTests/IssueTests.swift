import Testing
import ZCCore
import ZCISF

@Suite("issues in a driver's log")
struct IssueTests {
  // Line 1 is the header, so the body begins in line 2.
  private let body = """
    varying vec2 v;
    void main() {
    \t/* é */ gl_FragColor = vec4(wrong);  gl_FragColor = worse;
      float sample = TWO(3.0) + sample;
    }
    #define TWO(x) ((x) * 2.0)
    """

  private func translation() throws -> Translation {
    try Translation(
      try shader("{}", body: body, vertex: "varying vec2 v;\nvoid main() { v = bad; }"),
      dialect: .gl450)
  }

  private func issues(_ log: String, _ stage: Translation.Stage = .fragment) throws -> [SourceIssue]
  {
    try translation().issues(inLog: log, stage: stage)
  }

  @Test(
    "each driver's way of writing is understood",
    arguments: [
      ("1:4(26): error: `wrong' undeclared", "`wrong' undeclared"),
      ("0:4(26): error: `wrong' undeclared", "`wrong' undeclared"),
      ("1(4) : error C1503: undefined variable \"wrong\"", "C1503: undefined variable \"wrong\""),
      ("0(4) : error C1503: undefined variable \"wrong\"", "C1503: undefined variable \"wrong\""),
      ("ERROR: 1:4: 'wrong' : undeclared identifier", "'wrong' : undeclared identifier"),
      ("1:4: S0001: 'wrong' is undeclared", "S0001: 'wrong' is undeclared"),
      ("1:4:26: error: 'wrong' is undeclared", "'wrong' is undeclared"),
    ])
  func drivers(line: String, message: String) throws {
    let issue = try issues(line + "\n").first
    #expect(issue?.path == "shaders/Blur.fs")
    #expect(issue?.line == 4)
    // A tab, seven characters of comment, a space, then `gl_FragColor = vec4(`: 20.
    #expect(issue?.column == 30)
    #expect(issue?.message == message)
    #expect(issue?.excerpt == "\t/* é */ gl_FragColor = vec4(wrong);  gl_FragColor = worse;")
  }

  @Test("columns are the author's, where words grew and comments went")
  func columns() throws {
    // The driver sees ` isf_FragColor = vec4(wrong); isf_FragColor = worse;`.
    let places = [(2, 10), (18, 25), (23, 30), (31, 39), (47, 54)]
    for (column, expected) in places {
      #expect(try issues("1:4(\(column)): error: odd").first?.column == expected)
    }
  }

  @Test("a column behind a macro is not claimed, unless a name is found")
  func macros() throws {
    #expect(try issues("1:5(2): error: odd").first?.column == 3)
    let unsure = try issues("1:5(30): error: odd").first
    #expect(unsure?.column == 0)
    #expect(unsure?.line == 5)
    #expect(unsure?.excerpt == "  float sample = TWO(3.0) + sample;")
    #expect(try issues("1:5(30): error: `isf_sample' is odd").first?.column == 29)
    #expect(try issues("1:5(30): error: `isf_sample' is odd").first?.message == "`sample' is odd")
  }

  @Test("the stage and the number tell the files apart")
  func files() throws {
    for line in ["2:2(19): error: `bad' undeclared", "0:2(19): error: `bad' undeclared"] {
      let issue = try issues(line, .vertex).first
      #expect(issue?.path == "shaders/Blur.vs")
      #expect(issue?.line == 2)
      #expect(issue?.column == 19)
      #expect(issue?.excerpt == "void main() { v = bad; }")
    }
  }

  @Test("lines without a place of the author's keep their words")
  func unplaced() throws {
    let issues = try issues(
      "error: fragment shader input `w' has no matching output\nLinking failed.\n", .program)
    #expect(
      issues.map(\.message) == [
        "fragment shader input `w' has no matching output", "Linking failed.",
      ])
    #expect(issues.allSatisfy { $0.line == 0 && $0.excerpt == nil })
  }

  @Test("what linking says of a name goes to its declaration")
  func linking() throws {
    let issue = try issues(
      "error: fragment shader input `v' has no matching output", .program
    ).first
    #expect(issue?.path == "shaders/Blur.fs")
    #expect(issue?.line == 2)
    #expect(issue?.column == 14)
    #expect(issue?.excerpt == "varying vec2 v;")
  }

  @Test("a complaint about the prelude quotes the generated line")
  func prelude() throws {
    let issue = try issues("0:1000000(3): error: odd").first
    #expect(issue?.line == 0)
    #expect(issue?.hint == "in the generated line: in vec2 isf_FragNormCoord;")
    #expect(try issues("0:2000000(3): error: odd").first?.hint == nil)
  }

  @Test("warnings, rules and repetitions are no issues")
  func noise() throws {
    let log = """
      Fragment info
      -------------
      1:4(2): warning: `x' used uninitialized
      WARNING: 1:4: odd
      1(4) : warning C7050: odd
      1:3(1): error: odd
      1:3(1): error: odd

      \0
      """
    #expect(try issues(log).map(\.message) == ["odd"])
  }

  @Test("a line past the end is the last line")
  func pastEnd() throws {
    #expect(try issues("1:99(1): error: unexpected end").first?.line == 7)
  }

  @Test(
    "no log is too odd",
    arguments: [
      "", "\0", "1", "1:", "1:2", "1:2(", "1:2(3", "1:2(3)", "1(", "1(2",
      "99999999999:1(1): error: a",
      "1:99999999999(1): error: a", "1:0(0): error: a", "1:2(99999): error: a", "-1:2(1): error: a",
      "7:2(1): error: a", "ERROR:", "ERROR: 1:2:", "error", ": : :", "1:4(3): error: `",
      "٣:٤(١): error: a",
    ])
  func odd(log: String) throws {
    for stage in [Translation.Stage.vertex, .fragment, .program] {
      #expect(try issues(log, stage).count <= 1)
    }
  }
}
