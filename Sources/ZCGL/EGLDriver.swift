import CGLES
package import ZCCore

/// The real driver: an EGL context and GL's entry points. The context is one of our own, without
/// a surface; a ``BorrowedDriver``'s is a host's.
@safe package class EGLDriver: GLDriver, @unchecked Sendable {  // immutable driver handles
  package let capabilities: Capabilities
  let gl: GLProcs
  let images: ImageProcs
  let display: Display
  let raw: UnsafeMutableRawPointer
  /// What the context is known by again.
  let sentinel: Sentinel
  /// What was made in a context that is not ours to destroy.
  let names: NameLedger?
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
    if capabilities.isSoftware { unsafe OpenedDisplays.noteSoftware(display.raw) }
    // What a lost context says of itself is not so.
    guard gl.getError() != GLenum(GL_CONTEXT_LOST) else {
      throw .noDisplay("\(version): the context was lost as soon as it was made")
    }
    OpenedDisplays.noteContext()
    let sentinel = try Sentinel(gl)
    gl.prepareForDrawing(sentinel, isES: version.isES)
    let opened = unsafe EGLDriver(raw, display, gl, capabilities, sentinel, names: nil)
    driver = opened
    return opened
  }

  init(
    _ raw: UnsafeMutableRawPointer, _ display: Display, _ gl: GLProcs,
    _ capabilities: Capabilities, _ sentinel: Sentinel, names: NameLedger?
  ) {
    unsafe self.raw = raw
    unsafe rawDisplay = display.raw
    unsafe eglMakeCurrent = display.library.makeCurrent
    self.display = display
    self.gl = gl
    images = ImageProcs(display.library)
    self.capabilities = capabilities
    self.sentinel = sentinel
    self.names = names
  }

  package final var isCurrent: Bool { unsafe display.library.getCurrentContext() == raw }

  package final func currentBinding() -> ThreadBinding { display.library.currentBinding() }

  package final func makeCurrent() throws(ZCError) {
    let isMade = unsafe eglMakeCurrent(rawDisplay, nil, nil, raw) == EGLBoolean(EGL_TRUE)
    guard isMade || !Guards.keep(.errors) else {
      throw refusal(display.library.getError())
    }
  }

  /// What it means that EGL refuses to make the context current.
  private func refusal(_ code: EGLint) -> ZCError {
    switch code {
    case EGL_NOT_INITIALIZED, EGL_BAD_DISPLAY, EGL_BAD_CONTEXT:
      .contextLost(ThreadBinding.terminated)
    case EGL_BAD_ACCESS where GLXHost.isCurrent: GLXHost.refusalBeside
    case EGL_BAD_ACCESS:
      .busy("another part of this program has this context current on another thread")
    default: .contextLost("eglMakeCurrent failed: \(EGLLibrary.name(ofError: code))")
    }
  }

  package final func rebind(_ binding: ThreadBinding) {
    guard binding != .none else {
      _ = unsafe eglMakeCurrent(rawDisplay, nil, nil, nil)
      return
    }
    unsafe display.library.rebind(binding, on: display.raw)
  }

  @discardableResult
  package func destroyContext() -> Bool {
    if finish() {
      _ = unsafe display.library.destroyContext(display.raw, raw)
    }
    if !Guards.keep(.displays) { unsafe display.library.terminate(display.raw) }
    return true
  }

  /// Waits for the GPU.
  /// - Returns: whether the context still lives. Where its display was terminated meanwhile,
  ///   another one, not ours to destroy, may be at its address.
  private func finish() -> Bool {
    let host = currentBinding()
    guard unsafe eglMakeCurrent(rawDisplay, nil, nil, raw) == EGLBoolean(EGL_TRUE) else {
      return isKnownToEGL  // a lost one cannot be made current
    }
    defer { rebind(host) }
    guard sentinel.isHere(gl) || lossReason() != nil else { return false }
    gl.finish()
    return true
  }

  /// Whether EGL has a context at this address, ours or another.
  final var isKnownToEGL: Bool {
    var value: EGLint = 0
    return unsafe display.library.queryContext(rawDisplay, raw, EGL_CONTEXT_CLIENT_TYPE, &value)
      == EGLBoolean(EGL_TRUE)
  }

  package final func takeError() -> UInt32 { gl.getError() }

  package final func lossReason() -> String? {
    guard let status = gl.resetStatus?(), status != GLenum(GL_NO_ERROR)
    else { return nil }
    return switch Int32(bitPattern: status) {
    case GL_GUILTY_CONTEXT_RESET: "a shader of this context hung the GPU"
    case GL_INNOCENT_CONTEXT_RESET: "another program reset the GPU"
    default: "the GPU was reset, for a reason that the driver does not know"
    }
  }

  package var isItself: Bool { sentinel.isBound(gl) || sentinel.isHere(gl) }

  package func bindTexture(_ name: UInt32, unit: Int32) {
    gl.activeTexture(GLenum(GL_TEXTURE0) &+ GLenum(bitPattern: unit))
    gl.bindTexture(GLenum(GL_TEXTURE_2D), name)
  }

  package func bindCube(_ name: UInt32, unit: Int32) {
    gl.activeTexture(GLenum(GL_TEXTURE0) &+ GLenum(bitPattern: unit))
    gl.bindTexture(GLenum(GL_TEXTURE_CUBE_MAP), name)
  }

  package func bindExternal(_ name: UInt32, unit: Int32) {
    gl.activeTexture(GLenum(GL_TEXTURE0) &+ GLenum(bitPattern: unit))
    gl.bindTexture(GLenum(GL_TEXTURE_EXTERNAL_OES), name)
  }

  package var isBorrowed: Bool { false }
  package func successor() throws(ZCError) -> (any GLDriver)? { nil }
  package func saveHostState() throws(ZCError) {}
  package func restoreHostState() {}
  package func takeHostErrors() -> [UInt32] { [] }

  package func resetState() throws(ZCError) {
    let calls = try GLStateCalls(gl, display.library)
    for row in calls.rows(capabilities) {
      guard let value = row.ours ?? row.initial, value != calls.read(row.setting) else { continue }
      calls.write(row.setting, value)
    }
    calls.unbindUnits()
    gl.prepareForDrawing(sentinel, isES: capabilities.version.isES)
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
