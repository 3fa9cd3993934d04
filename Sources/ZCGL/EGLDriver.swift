import CGLES
package import ZCCore

/// The real driver: one EGL context without a surface, and GL's entry points.
@safe package final class EGLDriver: GLDriver, @unchecked Sendable {  // immutable driver handles
  package let capabilities: Capabilities
  let gl: GLProcs
  let display: Display
  private let raw: UnsafeMutableRawPointer
  /// The display and the call of `makeCurrent()`, at hand: a switch is as fast as they are.
  private let rawDisplay: UnsafeMutableRawPointer
  private let eglMakeCurrent: EGLLibrary.MakeCurrent

  /// Makes a context on `display` and leaves the thread's own current context as it was.
  package static func open(_ version: ContextVersion, on display: Display) throws(ZCError)
    -> EGLDriver
  {
    let library = display.library
    let (raw, isRobust) = unsafe try EGLContextMaker(display: display, version: version).make()
    let host = library.currentBinding()
    guard unsafe library.makeCurrent(display.raw, nil, nil, raw) == EGLBoolean(EGL_TRUE) else {
      let reason = library.errorName()
      _ = unsafe library.destroyContext(display.raw, raw)
      throw .noDisplay("the context cannot be made current without a surface (\(reason))")
    }
    var driver: EGLDriver?
    defer {
      unsafe library.rebind(host, on: display.raw)
      if driver == nil { _ = unsafe library.destroyContext(display.raw, raw) }
    }
    var gl = try GLProcs(library)
    let extensions = gl.extensions()
    if isRobust { gl.findResetStatus(version, extensions, in: library) }
    let capabilities = gl.capabilities(version, display, extensions)
    gl.prepareForDrawing()
    if capabilities.isSoftware { unsafe OpenedDisplays.noteSoftware(display.raw) }
    let opened = unsafe EGLDriver(raw, display, gl, capabilities)
    // What a lost context says of itself is not so.
    guard gl.getError() != GLenum(GL_CONTEXT_LOST) else {
      throw .noDisplay("\(version): the context was lost as soon as it was made")
    }
    driver = opened
    return opened
  }

  private init(
    _ raw: UnsafeMutableRawPointer, _ display: Display, _ gl: GLProcs,
    _ capabilities: Capabilities
  ) {
    unsafe self.raw = raw
    unsafe rawDisplay = display.raw
    unsafe eglMakeCurrent = display.library.makeCurrent
    self.display = display
    self.gl = gl
    self.capabilities = capabilities
  }

  package var isCurrent: Bool { unsafe display.library.getCurrentContext() == raw }

  package func currentBinding() -> ThreadBinding { display.library.currentBinding() }

  package func makeCurrent() throws(ZCError) {
    let isMade = unsafe eglMakeCurrent(rawDisplay, nil, nil, raw) == EGLBoolean(EGL_TRUE)
    guard isMade || !Guards.keep(.errors) else {
      throw .contextLost("eglMakeCurrent failed: \(display.library.errorName())")
    }
  }

  package func rebind(_ binding: ThreadBinding) {
    guard binding != .none else {
      _ = unsafe eglMakeCurrent(rawDisplay, nil, nil, nil)
      return
    }
    unsafe display.library.rebind(binding, on: display.raw)
  }

  package func destroyContext() {
    let host = currentBinding()
    // A display that was terminated under us has nothing left to wait for.
    if unsafe eglMakeCurrent(rawDisplay, nil, nil, raw) == EGLBoolean(EGL_TRUE) {
      gl.finish()
      rebind(host)
    }
    _ = unsafe display.library.destroyContext(display.raw, raw)
  }

  package func takeError() -> UInt32 { gl.getError() }

  package func lossReason() -> String? {
    guard let status = gl.resetStatus?(), status != GLenum(GL_NO_ERROR)
    else { return nil }
    return switch Int32(bitPattern: status) {
    case GL_GUILTY_CONTEXT_RESET: "a shader of this context hung the GPU"
    case GL_INNOCENT_CONTEXT_RESET: "another program reset the GPU"
    default: "the GPU was reset, for a reason that the driver does not know"
    }
  }
}

extension EGLLibrary {
  func currentBinding() -> ThreadBinding {
    let context = unsafe UInt(bitPattern: getCurrentContext())
    guard context != 0 else { return .none }
    var binding = ThreadBinding()
    binding.context = context
    binding.display = unsafe UInt(bitPattern: getCurrentDisplay())
    binding.draw = unsafe UInt(bitPattern: getCurrentSurface(EGL_DRAW))
    binding.read = unsafe UInt(bitPattern: getCurrentSurface(EGL_READ))
    return binding
  }

  /// Puts a binding back; where nothing was current, nothing is.
  func rebind(_ binding: ThreadBinding, on display: UnsafeMutableRawPointer) {
    guard binding != .none else {
      _ = unsafe makeCurrent(display, nil, nil, nil)
      return
    }
    // The words came from EGL on this very thread, and go back to it unchanged.
    let isBack = unsafe makeCurrent(
      UnsafeMutableRawPointer(bitPattern: binding.display),
      UnsafeMutableRawPointer(bitPattern: binding.draw),
      UnsafeMutableRawPointer(bitPattern: binding.read),
      UnsafeMutableRawPointer(bitPattern: binding.context))
    // A host that destroyed its context meanwhile gets none; ours never stays behind.
    if isBack != EGLBoolean(EGL_TRUE) { _ = unsafe makeCurrent(display, nil, nil, nil) }
  }
}
