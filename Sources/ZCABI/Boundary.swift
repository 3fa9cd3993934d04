import CFlight
import CZCGPU
import ZCCore

/// Runs `body` and turns what it throws into a status and, where asked, a report.
///
/// Every exported function is one call to this.
func boundary(
  _ report: UnsafeMutablePointer<zcg_error>?, _ body: () throws(ZCError) -> Void
) -> zcg_status {
  Handles.watchForks
  zcf_begin_work()
  defer { zcf_end_work() }
  do throws(ZCError) {
    try body()
    return ZCG_OK
  } catch {
    if let report = unsafe report { unsafe report.pointee = zcg_error(error) }
    return error.status
  }
}

extension zcg_error {
  fileprivate init(_ error: ZCError) {
    self.init()
    let message = error.description.withoutEnds
    code = error.status
    line = Int32(clamping: error.issue?.line ?? 0)
    column = Int32(clamping: error.issue?.column ?? 0)
    message_length = UInt32(clamping: message.utf8.count)
    let isCut = unsafe withUnsafeMutableBytes(of: &self.message) { field in
      let kept = message.utf8Prefix(field.count - 1)
      unsafe field.copyBytes(from: kept)
      unsafe field[kept.count] = 0
      return kept.count < message.utf8.count
    }
    guard isCut || error.detail != nil else { return }
    detail = Text(message + (error.detail.map { "\n" + $0 } ?? "")).reported
  }
}

extension String {
  /// Without the characters that end a string in C: an author's file or name may hold some.
  fileprivate var withoutEnds: String {
    guard utf8.contains(0) else { return self }
    return String(String.UnicodeScalarView(unicodeScalars.map { $0 == "\0" ? "\u{2400}" : $0 }))
  }

  /// At most `limit` bytes, cut between characters.
  fileprivate func utf8Prefix(_ limit: Int) -> [UInt8] {
    guard utf8.count > limit else { return Array(utf8) }
    var kept: [UInt8] = []
    for character in self {
      guard kept.count + character.utf8.count <= limit else { break }
      kept.append(contentsOf: character.utf8)
    }
    return kept
  }
}

extension ZCError {
  fileprivate var status: zcg_status {
    switch self {
    case .invalidArgument: ZCG_E_INVALID_ARGUMENT
    case .wrongType: ZCG_E_WRONG_TYPE
    case .outOfRange: ZCG_E_OUT_OF_RANGE
    case .unknownInput: ZCG_E_UNKNOWN_INPUT
    case .badSize: ZCG_E_BAD_SIZE
    case .badBuffer: ZCG_E_BAD_BUFFER
    case .header: ZCG_E_HEADER
    case .shader: ZCG_E_SHADER
    case .noDisplay: ZCG_E_NO_DISPLAY
    case .closed: ZCG_E_CLOSED
    case .staleGeneration: ZCG_E_STALE_GENERATION
    case .staleHandle: ZCG_E_STALE_HANDLE
    case .wrongContext: ZCG_E_WRONG_CONTEXT
    case .contextLost: ZCG_E_CONTEXT_LOST
    case .reentered: ZCG_E_REENTERED
    case .wrongThread: ZCG_E_WRONG_THREAD
    case .busy: ZCG_E_BUSY
    case .forked: ZCG_E_FORKED
    case .lease: ZCG_E_LEASE
    case .gl: ZCG_E_GL
    case .outOfMemory: ZCG_E_OUT_OF_MEMORY
    case .notCurrent: ZCG_E_NOT_CURRENT
    case .poolExhausted: ZCG_E_POOL_EXHAUSTED
    case .output: ZCG_E_OUTPUT
    case .media: ZCG_E_MEDIA
    case .library: ZCG_E_LIBRARY
    case .dmabuf: ZCG_E_DMABUF
    }
  }
}
