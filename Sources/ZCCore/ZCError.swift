/// Every failure zcgpu reports. One case for each row of `docs/errors.md`.
package enum ZCError: Error, Hashable, Sendable {
  /// A value that can never fit, whatever the state: what it was and what would fit.
  case invalidArgument(String)
  /// A value of a type that does not fit its input.
  case wrongType(String)
  /// A number outside what its input declares.
  case outOfRange(String)
  /// No input of that name; the text names those there are.
  case unknownInput(String)
  /// A width or height that cannot be rendered.
  case badSize(String)
  /// Pixels or samples in a buffer of the wrong length, shape, stride, element type or access.
  case badBuffer(String)
  /// The file's header is missing, broken, or asks for what ISF does not have.
  case header(SourceIssue)
  /// The driver refused the shader: every issue, its log, and the source it was given.
  case shader(issues: [SourceIssue], log: String, generated: String)
  /// No display, library or driver that can make a context; one reason a line.
  case noDisplay(String)
  /// The object has been closed.
  case closed(String)
  /// The resource belongs to an ended generation of its context.
  case staleGeneration(held: Generation, current: Generation?)
  /// The handle names nothing that lives.
  case staleHandle(String)
  /// The frame belongs to another context.
  case wrongContext(String)
  /// The GPU or its driver gave the context up.
  case contextLost(String)
  /// The context is in use further up in this thread's own stack.
  case reentered
  /// A batch was ended on a thread that did not begin it.
  case wrongThread(String)
  /// Another thread holds the context in a batch and draws nothing.
  case busy(String)
  /// This process was forked from one that had opened a driver; the text says what is no use now.
  case forked(String)
  /// A hold that is not there to be given up, or not a caller's to take.
  case lease(String)
  /// The driver reported an error code for an operation.
  case gl(operation: String, code: UInt32)
  /// The budget or the memory is used up.
  case outOfMemory(String)
  /// A borrowed context is not the thread's current one; nothing was asked of GL.
  case notCurrent(String)
  /// A pool's budget is used up by what somebody holds; the text says by whom.
  case poolExhausted(String)
  /// A file that cannot be written where it was to go.
  case output(String)
  /// A file, stream or packet that cannot be read or decoded; the text has FFmpeg's own words.
  case media(String)
  /// A library that video needs is missing, or of a version that this build does not know.
  case library(String)
  /// Memory of another device or library that cannot be used here without a copy; the text says why.
  case dmabuf(String)
}

extension ZCError {
  /// What was made before the fork is used after it.
  package static let inherited = ZCError.forked(
    "what was made before the fork is no use here; make a new context in this process")
}
