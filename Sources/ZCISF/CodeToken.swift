/// A token that is code: no space, no comment, and in no preprocessor line.
struct CodeToken: Sendable {
  /// Its place among all tokens.
  var index: Int
  var word: DeclarationScan.Word
  /// The brackets of any kind that are open around it; those of other branches of a preprocessor
  /// condition do not count. A bracket stands at the depth of what is around it.
  var depth: Int
  /// It stands between `#if` and `#endif`.
  var isConditional: Bool
  /// OpenGL ES does not see it.
  var isForDesktopOnly: Bool

  /// The identifier; nil for anything else.
  var name: String? {
    guard case .name(let name) = word else { return nil }
    return name
  }

  func isMark(_ mark: Unicode.Scalar) -> Bool { word == .mark(UInt8(ascii: mark)) }
}
