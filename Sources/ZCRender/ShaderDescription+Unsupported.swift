import ZCCore
import ZCISF

extension ShaderDescription {
  /// What is read but cannot be drawn yet is an error, never silence.
  func refuseUnsupported(_ text: AuthorText) throws(ZCError) {
    if let first = imports.first {
      throw .header(
        text.issue(
          at: text.range(ofLine: first.line).lowerBound, "IMPORTED is not supported yet"))
    }
  }
}
