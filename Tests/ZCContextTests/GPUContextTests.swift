import Testing
import ZCCore
import ZCGL
import ZCTestSupport

@testable import ZCContext

@Suite("GPUContext")
struct GPUContextTests {
  private let gl = RecordingGL()
  private let context: GPUContext

  init() { context = GPUContext(recording: gl) }

  private func isClosed(_ error: (any Error)?) -> Bool {
    if case .closed? = error as? ZCError { true } else { false }
  }

  @Test("the host's own context comes back after each call, and after one that fails")
  func host() throws {
    let bindings = try ThreadBindings.withHost {
      try context.turnOnce()
      #expect(throws: ZCError.busy("no")) {
        try context.withCurrent { (_) throws(ZCError) in throw .busy("no") }
      }
    }
    #expect(bindings.after == bindings.before)
  }

  @Test("re-entering a context is an error, and the turn goes on")
  func reentry() throws {
    let frame = try context.frame(.pixel)
    try context.withCurrent { (_) throws(ZCError) in
      #expect(throws: ZCError.reentered) { try context.turnOnce() }
      #expect(throws: ZCError.reentered) { try context.beginBatch() }
      #expect(throws: ZCError.reentered) { try context.close() }
      #expect(throws: ZCError.reentered) { try frame.mapped() }
      #expect(gl.isCurrent)
    }
    try context.turnOnce()
    #expect(ThreadBindings.here == .none)
  }

  @Test("a context used inside another's turn gives the other back")
  func nested() throws {
    let otherGL = RecordingGL()
    let other = GPUContext(recording: otherGL)
    try context.withCurrent { (_) throws(ZCError) in
      try other.withCurrent { (_) throws(ZCError) in #expect(otherGL.isCurrent) }
      #expect(gl.isCurrent)
    }
    #expect(ThreadBindings.here == .none)
  }

  @Test("closing destroys once, and a second close does nothing")
  func close() throws {
    try context.close()
    #expect(gl.calls == [.destroyContext])
    try context.close()
    #expect(gl.calls == [.destroyContext])
    #expect(!context.isOpen)
  }

  @Test("use after close is an error; dropping after close does nothing")
  func closed() throws {
    var frame: Frame? = try context.frame(.pixel)
    try context.close()
    let calls = try gl.calls {
      #expect(isClosed(#expect(throws: ZCError.self) { try context.turnOnce() }))
      #expect(isClosed(#expect(throws: ZCError.self) { try context.beginBatch() }))
      #expect(isClosed(#expect(throws: ZCError.self) { try frame?.mapped() }))
      #expect(frame?.isUsable == false)
      gl.whileFinalising { frame = nil }
      try context.close()
    }
    #expect(calls == [])
  }

  @Test("closing forgets what waits for the GPU: the driver frees an ended context's names")
  func closeForgets() throws {
    gl.holdFences()
    _ = try context.frame(.pixel)
    try context.turnOnce()
    #expect(gl.liveFences.count == 1)
    try context.close()
    #expect(!gl.calls.contains { $0.isDeletion })
  }

  @Test("a lost context is an error at the next call, and nothing is deleted in it")
  func lost() throws {
    gl.holdFences()
    var frame: Frame? = try context.frame(.pixel)
    let other = try context.frame(.pixel)
    frame = nil
    try context.turnOnce()
    gl.signalAll()
    gl.lose("a shader of this context hung the GPU")
    let loss = ZCError.contextLost("a shader of this context hung the GPU")
    let bindings = ThreadBindings.withHost {
      #expect(throws: loss) { try context.turnOnce() }
      #expect(throws: loss) { try other.mapped() }
      #expect(throws: loss) { try context.beginBatch() }
      #expect(!other.isUsable)
      #expect(frame == nil)
    }
    #expect(bindings.after == bindings.before)
    #expect(context.isOpen)
    try context.close()
    #expect(!gl.calls.contains { $0.isDeletion })
    #expect(isClosed(#expect(throws: ZCError.self) { try context.turnOnce() }))
  }

  @Test("a context lost in the middle of a call is an error of that call")
  func lostMeanwhile() throws {
    let loss = ZCError.contextLost("reset")
    #expect(throws: loss) {
      try context.withCurrent { (current) throws(ZCError) in
        gl.lose("reset")
        try current.check("a draw")
      }
    }
    #expect(throws: loss) { try context.turnOnce() }
    #expect(ThreadBindings.here == .none)
  }

  @Test("what is dropped while the context is being lost stays buried")
  func lostWhileDropping() throws {
    var frame: Frame? = try context.frame(.pixel)
    try context.withCurrent { (_) throws(ZCError) in
      gl.lose("reset")
      frame = nil
    }
    #expect(frame == nil)
    #expect(context.waitingCount == 1)
    #expect(!gl.calls.contains { $0.isDeletion })
  }

  @Test("a context that the driver will not make current is an error, and the turn is free again")
  func refused() throws {
    let quiet = RecordingGL(isQuiet: true)
    let context = GPUContext(recording: quiet)
    try quiet.makeCurrent()
    try Worker.run {
      #expect(throws: ZCError.self) { try context.turnOnce() }
      #expect(throws: ZCError.self) { try context.turnOnce() }
    }
    quiet.rebind(.none)
    try context.turnOnce()
  }

  @Test("a context that another has taken the place of is lost, and nothing is done in the other")
  func displaced() throws {
    let frame = try context.frame(.pixel)
    gl.state.withLock { $0.isAnother = true }
    let calls = gl.calls {
      #expect(throws: ZCError.contextLost(ThreadBinding.terminated)) { try context.turnOnce() }
      #expect(throws: ZCError.self) { try frame.mapped() }
    }
    #expect(calls == [.makeCurrent, .rebind(.none)])
    try context.reinitialize()
    try context.turnOnce()
  }

  @Test("a context that its driver no longer has stays lost until it is re-initialised")
  func gone() throws {
    let gl = RecordingGL(isQuiet: true)
    let context = GPUContext(recording: gl)
    ThreadBindings.end(gl.context)
    gl.state.withLock { $0.isEnded = true }
    #expect(throws: ZCError.self) { try context.turnOnce() }
    let calls = gl.calls
    #expect(throws: ZCError.self) { try context.turnOnce() }
    #expect(gl.calls == calls)
    #expect(ThreadBindings.here == .none)
    try context.reinitialize()
    try context.turnOnce()
  }

  @Test("a context dropped open is destroyed by the next burial, never by its finaliser")
  func mortuary() throws {
    let gl = RecordingGL()
    var dropped: GPUContext? = GPUContext(recording: gl)
    try dropped?.turnOnce()
    gl.whileFinalising { dropped = nil }
    Mortuary.shared.bury()
    #expect(gl.isDestroyed)
    #expect(gl.calls.count { $0 == .destroyContext } == 1)
  }

  @Test("a closed context that is dropped is not destroyed again")
  func closedAndDropped() throws {
    let gl = RecordingGL()
    var dropped: GPUContext? = GPUContext(recording: gl)
    try dropped?.close()
    gl.whileFinalising { dropped = nil }
    Mortuary.shared.bury()
    #expect(gl.calls.count { $0 == .destroyContext } == 1)
  }

  @Test("a frame keeps its context: the context goes when the last frame goes")
  func kept() throws {
    let gl = RecordingGL()
    var dropped: GPUContext? = GPUContext(recording: gl)
    var frame = try dropped?.frame(.pixel)
    dropped = nil
    #expect(frame?.isUsable == true)
    gl.whileFinalising { frame = nil }
    Mortuary.shared.bury()
    #expect(gl.isDestroyed)
  }

  @Test("threads that render, drop and read at once misuse nothing")
  func hammer() throws {
    let workers = (0..<4).map { number in
      Worker { [context] in
        for step in 0..<100 {
          let frame = try context.frame(try extent(4, Int64(1 + (number + step) % 3)))
          _ = try frame.mapped()
        }
      }
    }
    for worker in workers { try worker.join() }
    #expect(gl.objections.isEmpty)
    for _ in 0..<2 { try context.turnOnce() }
    #expect(context.waitingCount == 0)
    #expect(gl.liveFences.isEmpty)
  }
}
