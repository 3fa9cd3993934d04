import Testing
import ZCCore

@Suite("ZCError")
struct ZCErrorTests {
  private static let issue = SourceIssue(path: "a.fs", line: 3, message: "m")

  @Test(
    "a failure is described in words",
    arguments: [
      (.badSize("the text"), "the text"),
      (.header(issue), "a.fs:3: error: m"),
      (
        .shader(issues: [issue, issue], log: "l", generated: "g"),
        "a.fs:3: error: m\na.fs:3: error: m"
      ),
      (
        .staleGeneration(held: .first, current: .first.next),
        "this resource belongs to generation 1 of its context, which has ended; "
          + "the context is in generation 2: make it again"
      ),
      (
        .staleGeneration(held: .first, current: nil),
        "this resource belongs to generation 1 of its context, which has ended: make it again"
      ),
      (
        .contextLost("reset"),
        "the GPU context was lost (reset); context.reinitialize() starts anew"
      ),
      (.reentered, "this context is already in use further up in this thread's own stack"),
      (
        .inherited,
        "this process was forked from one that uses the GPU, which drivers do not survive: "
          + "what was made before the fork is no use here; make a new context in this process"
      ),
      (.lease("this lease was released"), "this lease was released"),
      (
        .gl(operation: "a draw", code: 0x0502),
        "a draw failed: GL reported GL_INVALID_OPERATION"
      ),
      (.gl(operation: "a draw", code: 0x1234), "a draw failed: GL reported 0x1234"),
    ] as [(ZCError, String)])
  func described(error: ZCError, text: String) {
    #expect(error.description == text)
  }

  @Test("of many issues twenty are shown, and the rest are counted")
  func many() {
    let issues = (1...23).map { SourceIssue(line: $0, message: "m") }
    let lines = ZCError.shader(issues: issues, log: "", generated: "").description
      .split(separator: "\n")
    #expect(lines.count == 21)
    #expect(lines.last == "(and 3 more)")
  }

  @Test("log and generated source are the detail of a refused shader alone")
  func detail() throws {
    let detail = try #require(
      ZCError.shader(issues: [], log: "the log", generated: "the source").detail)
    #expect(detail.contains("the log"))
    #expect(detail.contains("the source"))
    #expect(ZCError.reentered.detail == nil)
  }

  @Test("the place of a refused shader is the first that is known")
  func place() {
    let unknown = SourceIssue(message: "somewhere")
    let error = ZCError.shader(issues: [unknown, Self.issue], log: "", generated: "")
    #expect(error.issue == Self.issue)
    #expect(ZCError.shader(issues: [unknown], log: "", generated: "").issue == unknown)
    #expect(ZCError.header(Self.issue).issue == Self.issue)
    #expect(ZCError.closed("").issue == nil)
  }
}
