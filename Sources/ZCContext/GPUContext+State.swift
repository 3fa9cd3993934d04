package import ZCCore
import ZCGL

extension GPUContext {
  /// Takes every pending GL error, those of a borrowed context's host first, and throws the first
  /// one, with the operation's name.
  package func checkErrors(_ operation: String) throws(ZCError) {
    try withCurrent { (current) throws(ZCError) in
      let host = current.gl.takeHostErrors()
      let own = current.takeErrors()
      if let code = host.first ?? (own == 0 ? nil : own) {
        throw current.failure(operation, code)
      }
    }
  }

  /// GL's state back to what our drawing relies on; in a borrowed context, to GL's initial
  /// values, as far as our drawing depends on them or changes them.
  package func resetState() throws(ZCError) {
    try withCurrent { (current) throws(ZCError) in
      try current.gl.resetState()
      try current.check("resetting GL's state")
    }
  }
}
