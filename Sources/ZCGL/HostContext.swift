import CGLES
package import ZCCore

/// The EGL context that a host has current on this thread, to be borrowed.
package enum HostContext {
  @safe struct Parts {
    let raw: UnsafeMutableRawPointer
    let display: Display
  }

  /// Borrows it.
  /// - Throws: `notCurrent` where there is none, or one of GLX; `noDisplay` for one that cannot be
  ///   drawn with; `contextLost`.
  package static func borrow() throws(ZCError) -> BorrowedDriver {
    let library = try EGLLibrary.shared.get()
    DriverWork.begin()
    defer { DriverWork.end() }
    OpenedDisplays.watchForks
    try OpenedDisplays.checkProcess(library)
    guard let raw = unsafe library.getCurrentContext(),
      let rawDisplay = unsafe library.getCurrentDisplay()
    else { throw none }
    guard unsafe !OpenedDisplays.isInherited(rawDisplay, library) else {
      throw OpenedDisplays.refusal("its display was opened before")
    }
    let display = unsafe Display.borrow(rawDisplay, in: library)
    var api: EGLint = 0
    _ = unsafe library.queryContext(rawDisplay, raw, EGL_CONTEXT_CLIENT_TYPE, &api)
    guard api == EGL_OPENGL_API || api == EGL_OPENGL_ES_API else {
      throw .noDisplay("the current context is not one of OpenGL or OpenGL ES")
    }
    var gl = try GLProcs(library)
    let version = try version(gl)
    let extensions = gl.extensions()
    gl.findResetStatus(version, extensions, in: library)
    // Only a context that was made to answer resets may be asked after them.
    if gl.resetStatus != nil, gl.integer(Name.resetStrategy) != Name.loseOnReset {
      gl.forgetResetStatus()
    }
    if let status = gl.resetStatus?(), status != 0 {
      throw .contextLost("the host's context: the host must make another")
    }
    var capabilities = gl.capabilities(version, display, extensions)
    capabilities.isBorrowed = true
    if capabilities.isSoftware { unsafe OpenedDisplays.noteSoftware(rawDisplay) }
    return unsafe try BorrowedDriver(Parts(raw: raw, display: display), gl, capabilities)
  }

  private static func version(_ gl: GLProcs) throws(ZCError) -> ContextVersion {
    let text = gl.string(GL_VERSION)
    guard var version = ContextVersion(text) else {
      throw .contextLost("the host's context does not answer: the host must make another")
    }
    guard version.isEnough else {
      throw .noDisplay(
        "the current context is \(text); zcgpu needs OpenGL 3.3 or OpenGL ES 3.0: ask for a "
          + "newer one where the context is made")
    }
    if !version.isES {
      version.isCompatibility = gl.integer(Name.profile) & Name.compatibilityBit != 0
    }
    return version
  }

  /// Why nothing can be drawn where EGL has nothing current on this thread.
  static var none: ZCError {
    GLXHost.isCurrent
      ? GLXHost.refusalToBorrow
      : .notCurrent(
        "no EGL context is current on this thread: make the host's context current here first, "
          + "or call zcgpu on the thread that has it")
  }

  /// What the headers of OpenGL ES do not know, or know otherwise.
  private enum Name {
    static let profile: Int32 = 0x9126
    static let compatibilityBit: Int32 = 0x2
    static let resetStrategy: Int32 = 0x8256
    static let loseOnReset: Int32 = 0x8252
  }
}
