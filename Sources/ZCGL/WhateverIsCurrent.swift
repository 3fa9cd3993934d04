import CGLES
import ZCCore

/// Deletions in whatever context this thread has current, if any: what a finaliser of the ancestors
/// did. Only a build without the guard `burials` calls them.
package enum WhateverIsCurrent {
  package static func deleteTexture(_ name: UInt32) {
    unsafe withUnsafePointer(to: name) { unsafe gl?.deleteTextures(1, $0) }
  }

  package static func deleteFramebuffer(_ name: UInt32) {
    unsafe withUnsafePointer(to: name) { unsafe gl?.deleteFramebuffers(1, $0) }
  }

  package static func deleteProgram(_ name: UInt32) { gl?.deleteProgram(name) }

  private static let gl: GLProcs? = {
    let procs = Result { () throws(ZCError) in try GLProcs(EGLLibrary.shared.get()) }
    return if case .success(let procs) = procs { procs } else { nil }
  }()
}

extension EGLLibrary {
  /// What a renderer that thinks itself alone does at its end. Only a build without the guard
  /// `displays` calls it.
  func terminate(_ display: UnsafeMutableRawPointer) {
    let end: (@convention(c) (UnsafeMutableRawPointer?) -> EGLBoolean)? =
      unsafe proc("eglTerminate")
    _ = unsafe end?(display)
  }
}
