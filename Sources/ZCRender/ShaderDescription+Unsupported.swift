import ZCCore
import ZCISF

extension ShaderDescription {
  /// What is read but cannot be drawn yet is an error, never silence.
  func refuseUnsupported(_ text: AuthorText) throws(ZCError) {
    for input in inputs {
      switch input.kind {
      case .audio, .audioFFT:
        throw .header(
          text.issue(
            at: text.range(ofLine: input.line).lowerBound,
            "input '\(input.name)': TYPE \(input.typeName) is not supported yet"))
      default: break
      }
    }
    if let first = imports.first {
      throw .header(
        text.issue(
          at: text.range(ofLine: first.line).lowerBound, "IMPORTED is not supported yet"))
    }
  }
}
