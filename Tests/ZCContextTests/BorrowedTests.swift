import Glibc
import Testing
import ZCCore
import ZCGL
import ZCTestSupport

@testable import ZCContext

@Suite("a borrowed context")
final class BorrowedTests {
  let gl = RecordingGL(isBorrowed: true)
  let context: GPUContext

  init() {
    context = GPUContext(recording: gl)
    gl.bindAsHost()
  }

  deinit { ThreadBindings.bind(.none) }

  @Test("keeps the host's state first and puts it back last, and is never made current")
  func visit() throws {
    let calls = try gl.calls { try context.turnOnce() }
    #expect(calls == [.saveHostState, .restoreHostState])
    let drawing = try gl.calls { _ = try context.frame(try extent(2, 2)) }
    #expect(drawing.first == .saveHostState)
    #expect(drawing.last == .restoreHostState)
  }

  @Test("puts the host's state back when the work throws")
  func failure() throws {
    #expect(throws: ZCError.badSize("no")) {
      try context.withCurrent { (_) throws(ZCError) in throw .badSize("no") }
    }
    #expect(gl.calls == [.saveHostState, .restoreHostState])
    try context.turnOnce()
  }

  @Test("is refused before any call of GL where it is not current")
  func notCurrent() throws {
    ThreadBindings.bind(.none)
    #expect(throws: ZCError.self) { try context.turnOnce() }
    #expect(throws: ZCError.self) { try context.beginBatch() }
    #expect(throws: ZCError.self) { try context.reinitialize() }
    #expect(gl.calls.isEmpty)
    gl.bindAsHost()
    try context.turnOnce()
    #expect(context.phase == .live(.first))
  }

  @Test("is refused on another thread, and goes on on its own")
  func otherThread() throws {
    let context = context
    try Worker.run { #expect(throws: ZCError.self) { try context.turnOnce() } }
    #expect(gl.calls.isEmpty)
    try context.turnOnce()
  }

  @Test("that the host takes away in the middle of a call is told, and the next call is right")
  func takenAway() throws {
    let gl = RecordingGL(isBorrowed: true, isQuiet: true)
    let context = GPUContext(recording: gl)
    gl.bindAsHost()
    #expect(throws: ZCError.self) {
      try context.withCurrent { (_) throws(ZCError) in ThreadBindings.bind(.none) }
    }
    gl.bindAsHost()
    try context.turnOnce()
  }

  @Test("keeps and puts back at each call of a batch, and is parked nowhere")
  func batch() throws {
    try context.beginBatch()
    let calls = try gl.calls {
      try context.turnOnce()
      try context.makeCurrent()
    }
    #expect(calls == [.saveHostState, .restoreHostState, .saveHostState, .restoreHostState])
    #expect(ThreadSlot.current.parked == nil)
    try context.endBatch()
    #expect(throws: ZCError.self) { try context.endBatch() }
  }

  @Test("a batch of another context gives the host's back to it")
  func besideAnother() throws {
    let own = GPUContext(recording: RecordingGL())
    try own.beginBatch()
    try own.turnOnce()
    #expect(!gl.isCurrent)
    try context.turnOnce()
    #expect(gl.isCurrent)
    try own.turnOnce()
    #expect(!gl.isCurrent)
    try own.endBatch()
    #expect(gl.isCurrent)
    try own.close()
  }

  @Test("a context of our own that is used inside its batch does not stay current")
  func insideItsBatch() throws {
    let own = GPUContext(recording: RecordingGL())
    try context.beginBatch()
    try own.turnOnce()
    #expect(gl.isCurrent)
    try context.turnOnce()
    try context.endBatch()
    try own.close()
  }

  @Test("that the host has replaced is in the next generation, and nothing of it is deleted")
  func replaced() throws {
    let frame = try context.frame(try extent(2, 2))
    let next = RecordingGL(isBorrowed: true)
    gl.replace(with: next)
    try context.turnOnce()
    #expect(context.phase == .live(Generation.first.next))
    #expect(!frame.isUsable)
    #expect(!gl.calls.contains { $0.isDeletion })
    #expect(next.calls == [.saveHostState, .restoreHostState])
  }

  @Test("that was lost lives again once the host has replaced it")
  func lostAndReplaced() throws {
    try context.simulateLoss()
    #expect(throws: ZCError.self) { try context.turnOnce() }
    gl.replace(with: RecordingGL(isBorrowed: true))
    try context.turnOnce()
    #expect(context.phase == .live(Generation.first.next))
  }

  @Test("closed where it is not current, gives its names back when a later call finds it current")
  func closedElsewhere() throws {
    _ = try context.frame(try extent(2, 2))
    ThreadBindings.bind(.none)
    try context.close()
    #expect(gl.liveNames > 0)
    gl.bindAsHost()
    // A call on another thread, of another test, may just look whether it is current there.
    for _ in 0..<100_000 where gl.liveNames > 0 {
      Mortuary.shared.bury()
      sched_yield()
    }
    #expect(gl.liveNames == 0)
  }

  @Test("tells the host's errors before its own, once")
  func hostErrors() throws {
    gl.state.withLock { $0.hostErrors = [0x0500, 0x0501] }
    gl.fail(with: [0x0502])
    #expect(throws: ZCError.gl(operation: "a draw", code: 0x0500)) {
      try context.checkErrors("a draw")
    }
    try context.checkErrors("a draw")
    gl.fail(with: [0x0502])
    #expect(throws: ZCError.gl(operation: "a draw", code: 0x0502)) {
      try context.checkErrors("a draw")
    }
  }
}
