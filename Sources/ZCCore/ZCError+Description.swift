extension ZCError: CustomStringConvertible {
  /// The sentence a user reads: what was wrong, where, and what would fit.
  package var description: String {
    switch self {
    case .invalidArgument(let text), .wrongType(let text), .outOfRange(let text),
      .unknownInput(let text), .badSize(let text), .badBuffer(let text), .noDisplay(let text),
      .closed(let text), .staleHandle(let text), .wrongContext(let text),
      .wrongThread(let text), .busy(let text), .outOfMemory(let text), .notCurrent(let text),
      .poolExhausted(let text), .output(let text), .lease(let text), .media(let text),
      .library(let text), .dmabuf(let text):
      text
    case .header(let issue): issue.description
    case .shader(let issues, _, _): Self.summary(of: issues)
    case .staleGeneration(let held, let current):
      "this resource belongs to generation \(held.rawValue) of its context, which has ended"
        + (current.map { "; the context is in generation \($0.rawValue)" } ?? "")
        + ": make it again"
    case .contextLost(let reason):
      "the GPU context was lost (\(reason)); context.reinitialize() starts anew"
    case .reentered:
      "this context is already in use further up in this thread's own stack"
    case .forked(let what):
      "this process was forked from one that uses the GPU, which drivers do not survive: \(what)"
    case .gl(let operation, let code):
      "\(operation) failed: GL reported \(Self.glName(code))"
    }
  }

  /// What is too long for a message: the driver's log and the source it was given.
  package var detail: String? {
    guard case .shader(_, let log, let generated) = self else { return nil }
    return "--- the driver's log ---\n\(log)\n--- the source it was given ---\n\(generated)"
  }

  /// Where in the author's file, when it is known.
  package var issue: SourceIssue? {
    switch self {
    case .header(let issue): issue
    case .shader(let issues, _, _): issues.first { $0.line > 0 } ?? issues.first
    default: nil
    }
  }

  private static func summary(of issues: [SourceIssue]) -> String {
    let shown = issues.prefix(20).map(\.description)
    let rest = issues.count > 20 ? ["(and \(issues.count - 20) more)"] : []
    return (shown + rest).joined(separator: "\n")
  }

  private static func glName(_ code: UInt32) -> String {
    switch code {
    case 0x0500: "GL_INVALID_ENUM"
    case 0x0501: "GL_INVALID_VALUE"
    case 0x0502: "GL_INVALID_OPERATION"
    case 0x0503: "GL_STACK_OVERFLOW"
    case 0x0504: "GL_STACK_UNDERFLOW"
    case 0x0505: "GL_OUT_OF_MEMORY"
    case 0x0506: "GL_INVALID_FRAMEBUFFER_OPERATION"
    case 0x0507: "GL_CONTEXT_LOST"
    default: "0x" + String(code, radix: 16)
    }
  }
}
