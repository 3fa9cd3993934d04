import CGLES
package import ZCCore

/// A host's context, which is current when we are called: never made current or not current,
/// destroyed or changed by us. What a call of ours changes in its state is put back by its end.
@safe package final class BorrowedDriver: EGLDriver, @unchecked Sendable {  // changes in the turn
  private let calls: GLStateCalls
  private let rows: [GLStateRow]
  /// The host's state while we draw.
  private var host: HostState?
  /// Errors of the host's that could not be left pending, and those of keeping its state and
  /// putting it back: until they are asked for.
  private var lostErrors: [UInt32] = []

  init(_ parts: HostContext.Parts, _ gl: GLProcs, _ capabilities: Capabilities) throws(ZCError) {
    calls = try GLStateCalls(gl, parts.display.library)
    rows = calls.rows(capabilities)
    let sentinel = try Sentinel(gl)
    unsafe super.init(
      parts.raw, parts.display, gl, capabilities, sentinel, names: NameLedger())
  }

  package override var isBorrowed: Bool { true }
  /// ``successor()`` has looked.
  package override var isItself: Bool { true }

  package override func successor() throws(ZCError) -> (any GLDriver)? {
    guard Guards.keep(.bindings) else { return nil }
    let binding = currentBinding()
    guard binding != .none else { throw HostContext.none }
    if isCurrent, unsafe UInt(bitPattern: display.raw) == binding.display {
      // The address is the same; whether the context is, only what is in it can tell.
      if sentinel.isHere(gl) { return nil }
    } else if isKnownToEGL {
      throw .notCurrent(
        "another EGL context is current on this thread: make the one that "
          + "Context.from_current() was called with current again, or borrow this one too")
    }
    return try HostContext.borrow()
  }

  package override func saveHostState() throws(ZCError) {
    try checkProgram()
    let errors = takeErrors()
    var state = HostState(rows, calls)
    state.errors = errors
    if Guards.keep(.states) { state.setOurs(rows, calls) }
    gl.bindVertexArray(sentinel.name)
    state.keep(0, calls)
    lostErrors += takeErrors()
    host = state
  }

  package override func restoreHostState() {
    guard let state = host else { return }
    host = nil
    guard Guards.keep(.states) else { return }
    _ = takeErrors()  // whatever we caused and did not ask for
    state.restore(rows, calls)
    lostErrors += takeErrors()
    for error in state.errors where !calls.putBack(error: error) { lostErrors.append(error) }
  }

  package override func takeHostErrors() -> [UInt32] {
    defer {
      lostErrors = []
      host?.errors = []
    }
    return (host?.errors ?? []) + lostErrors
  }

  package override func resetState() throws(ZCError) { host?.reset(rows, calls) }

  package override func bindTexture(_ name: UInt32, unit: Int32) {
    host?.keep(unit, calls)
    super.bindTexture(name, unit: unit)
  }

  package override func bindCube(_ name: UInt32, unit: Int32) {
    host?.keep(unit, calls)
    super.bindCube(name, unit: unit)
  }

  package override func bindExternal(_ name: UInt32, unit: Int32) {
    host?.keep(unit, calls)
    host?.keepExternal(unit, calls)
    super.bindExternal(name, unit: unit)
  }

  @discardableResult
  package override func destroyContext() -> Bool {
    guard isCurrent else { return !isKnownToEGL }
    guard sentinel.isHere(gl), let names else { return true }
    gl.finish()
    for name in names.all {
      switch name {
      case .texture(let name): deleteTexture(name)
      case .framebuffer(let name): deleteFramebuffer(name)
      case .program(let name): deleteProgram(name)
      case .fence(let fence): deleteFence(fence)
      }
    }
    sentinel.delete(gl)
    return true
  }

  /// Every pending error. A lost context may report its loss for ever.
  private func takeErrors() -> [UInt32] {
    var errors: [UInt32] = []
    while true {
      let code = gl.getError()
      if code != 0 { errors.append(code) }
      if code == 0 || code == 0x0507 { return errors }
    }
  }

  /// A program that was deleted while in use ends with that use: it could not be put back.
  private func checkProgram() throws(ZCError) {
    let program = gl.integer(GL_CURRENT_PROGRAM)
    guard program != 0 else { return }
    var isDeleted: GLint = 0
    unsafe gl.getProgramiv(
      GLuint(bitPattern: program), GLenum(GL_DELETE_STATUS), &isDeleted)
    guard isDeleted == 0 else {
      throw .gl(
        operation: "keeping the host's program (it is deleted and still in use: call "
          + "glUseProgram(0) after deleting it)", code: GLenum(GL_INVALID_OPERATION))
    }
  }
}
