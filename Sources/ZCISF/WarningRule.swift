internal import ZCCore

/// What works here and not on every host, or does nothing: the code of a warning.
enum WarningRule: String, CaseIterable, Sendable {
  /// No ISFVSN, so other hosts take the file for ISF 1.
  case noVersion = "no-isfvsn"
  /// The header is no strict JSON.
  case looseJSON = "loose-json"
  /// A key of ISF 1.
  case oldKey = "v1-key"
  /// A TYPE that the specification does not have.
  case typeName = "type-name"
  case defaultRange = "default-range"
  case minMax = "min-max"
  case labels
  /// A name that GLSL keeps for itself.
  case reservedName = "reserved-name"
  case unusedInput = "unused-input"
  /// A pass draws into a buffer that nothing reads.
  case unreadTarget = "unread-target"
  /// A buffer is read before it is drawn, and does not persist.
  case earlyRead = "early-read"
  /// A function that hides one of GLSL's.
  case hiddenFunction = "hidden-function"
  /// A global begins with what is no constant.
  case globalStart = "global-start"
  case glslVersion = "glsl-version"
  case rectTexture = "rect-texture"
  /// A whole number where OpenGL ES wants a float.
  case intFloat = "int-float"
  /// A place from 0 to 1 where pixels are wanted, or the other way round.
  case pixelPlace = "pixel-place"
  /// gl_FragColor beside an output of the author's.
  case twoOutputs = "two-outputs"
  /// A loop that may not end.
  case loopBound = "loop-bound"
}

extension WarningRule {
  /// The most warnings of one rule for one file.
  static let limit = 20
}

extension AuthorText {
  /// A warning at the byte at `offset`.
  func warning(
    _ rule: WarningRule, at offset: Int, _ message: String, hint: String? = nil
  ) -> SourceIssue {
    issue(at: offset, message, hint: hint, severity: .warning, code: rule.rawValue)
  }
}
