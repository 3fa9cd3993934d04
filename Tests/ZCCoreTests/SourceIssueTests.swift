import Testing
import ZCCore

@Suite("SourceIssue")
struct SourceIssueTests {
  @Test("place, message, the author's line, a caret and the hint stand below each other")
  func whole() {
    let issue = SourceIssue(
      path: "a/Blur.fs", line: 12, column: 5, message: "no such name", excerpt: "x = foo;",
      hint: "did you mean 'fo'?")
    #expect(
      issue.description == """
        a/Blur.fs:12:5: error: no such name
            x = foo;
                ^
          hint: did you mean 'fo'?
        """)
  }

  @Test("tabs before the place are kept, so that the caret stands below it")
  func tabs() {
    let issue = SourceIssue(line: 1, column: 4, message: "m", excerpt: "\ta\tfoo")
    #expect(issue.description == "<source>:1:4: error: m\n    \ta\tfoo\n    \t \t^")
  }

  @Test(
    "what is unknown is left out of the place",
    arguments: [(0, 0, "a.fs"), (3, 0, "a.fs:3"), (0, 7, "a.fs"), (3, 7, "a.fs:3:7")])
  func place(line: Int, column: Int, expected: String) {
    #expect(SourceIssue(path: "a.fs", line: line, column: column, message: "").place == expected)
  }

  @Test("a column beyond the line, or before it, is no crash", arguments: [-5, 0, 1, 4, 5, .max])
  func columns(column: Int) {
    let issue = SourceIssue(line: 1, column: column, message: "m", excerpt: "abc")
    #expect(issue.description.hasPrefix("<source>:1"))
    #expect(issue.description.hasSuffix("^") == (column > 0))
  }

  @Test("columns count characters, however many bytes they have")
  func wide() {
    let issue = SourceIssue(line: 1, column: 3, message: "m", excerpt: "é🎨x")
    #expect(issue.description.hasSuffix("\n      ^"))
  }

  @Test("what is meant is marked to its end, as people count")
  func marked() {
    // e and its accent are two scalars and one character.
    let issue = SourceIssue(
      line: 1, column: 4, end: 8, severity: .warning, code: "unused-input", message: "a\nb",
      excerpt: "e\u{301} cafe\u{301};")
    #expect(
      issue.description
        == "<source>:1:4: warning: a b [unused-input]\n    e\u{301} cafe\u{301};\n      ^~~~")
  }

  @Test("without the author's line there is no caret")
  func bare() {
    #expect(
      SourceIssue(line: 2, column: 3, message: "m").description == "<source>:2:3: error: m")
  }
}
