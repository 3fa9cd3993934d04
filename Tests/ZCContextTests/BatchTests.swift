import Testing
import ZCCore
import ZCGL
import ZCTestSupport

@testable import ZCContext

@Suite("batches")
struct BatchTests {
  private let gl = RecordingGL()
  private let otherGL = RecordingGL()
  private let context: GPUContext
  private let other: GPUContext

  init() {
    context = GPUContext(recording: gl)
    other = GPUContext(recording: otherGL)
  }

  private func isWrongThread(_ error: (any Error)?) -> Bool {
    if case .wrongThread? = error as? ZCError { true } else { false }
  }

  @Test("the context is made current once for a batch, and the host's comes back at its end")
  func once() throws {
    let bindings = try ThreadBindings.withHost {
      try context.beginBatch()
      #expect(gl.isCurrent)
      for _ in 0..<3 { try context.turnOnce() }
      #expect(gl.isCurrent)
      try context.endBatch()
    }
    #expect(bindings.after == bindings.before)
    #expect(gl.calls == [.makeCurrent, .rebind(bindings.before)])
  }

  @Test("a batch inside a batch ends with the outer one")
  func inner() throws {
    let bindings = try ThreadBindings.withHost {
      try context.beginBatch()
      try context.beginBatch()
      try context.endBatch()
      #expect(gl.isCurrent)
      try context.endBatch()
    }
    #expect(bindings.after == bindings.before)
    #expect(gl.calls.count { $0 == .makeCurrent } == 1)
  }

  @Test("batches of two contexts nest, and only the outermost end gives the host back")
  func twoContexts() throws {
    let bindings = try ThreadBindings.withHost {
      try context.beginBatch()
      try other.beginBatch()
      #expect(otherGL.isCurrent)
      try context.turnOnce()
      #expect(gl.isCurrent)
      try other.turnOnce()
      try other.endBatch()
      try context.turnOnce()
      #expect(gl.isCurrent)
      try context.endBatch()
    }
    #expect(bindings.after == bindings.before)
    try Worker.run { [context, other] in
      try context.turnOnce()
      try other.turnOnce()
    }
  }

  @Test("a context used inside another's turn gives the other back in a batch, too")
  func nestedTurns() throws {
    try context.beginBatch()
    try context.withCurrent { (_) throws(ZCError) in
      try other.turnOnce()
      #expect(gl.isCurrent)
    }
    try context.endBatch()
    #expect(ThreadBindings.here == .none)
  }

  @Test("a batch lets who waits go first, between two of its calls")
  func yields() throws {
    let log = Log()
    try context.beginBatch()
    let worker = Worker { [context] in
      try context.withCurrent { (_) throws(ZCError) in log.add(1) }
    }
    yield { context.turn.waitingCount == 1 }
    try context.withCurrent { (_) throws(ZCError) in log.add(2) }
    try worker.join()
    try context.endBatch()
    #expect(log.all == [1, 2])
    #expect(gl.objections.isEmpty)
  }

  @Test("who comes to wait during a call of a batch goes next")
  func yieldsAfter() throws {
    let log = Log()
    try context.beginBatch()
    let worker = try context.withCurrent { (_) throws(ZCError) -> Worker in
      let worker = Worker { [context] in
        try context.withCurrent { (_) throws(ZCError) in log.add(1) }
      }
      yield { context.turn.waitingCount == 1 }
      return worker
    }
    #expect(ThreadBindings.here == .none)
    try worker.join()
    #expect(log.all == [1])
    try context.turnOnce()
    try context.endBatch()
    #expect(gl.objections.isEmpty)
  }

  @Test("the end of a batch lets who waits go on")
  func endFrees() throws {
    try context.beginBatch()
    let worker = Worker { [context] in
      try context.turnOnce()
    }
    yield { context.turn.waitingCount == 1 }
    try context.endBatch()
    try worker.join()
    #expect(gl.objections.isEmpty)
  }

  @Test("two threads, each in a batch of its own context, may use each other's")
  func crossed() throws {
    let isParked = Gate()
    try context.beginBatch()
    let worker = Worker { [context, other] in
      try other.beginBatch()
      isParked.open()
      try context.turnOnce()
      try other.endBatch()
    }
    isParked.wait()
    yield { context.turn.waitingCount == 1 }
    try other.turnOnce()
    try context.endBatch()
    try worker.join()
    #expect(gl.objections.isEmpty)
    #expect(otherGL.objections.isEmpty)
  }

  @Test("a batch ends on the thread that began it")
  func wrongThread() throws {
    #expect(isWrongThread(#expect(throws: ZCError.self) { try context.endBatch() }))
    try context.beginBatch()
    try Worker.run { [context] in
      let error = #expect(throws: ZCError.self) { try context.endBatch() }
      #expect(isWrongThread(error))
    }
    #expect(isWrongThread(#expect(throws: ZCError.self) { try other.endBatch() }))
    #expect(gl.isCurrent)
    try context.endBatch()
    #expect(isWrongThread(#expect(throws: ZCError.self) { try context.endBatch() }))
  }

  @Test("a batch begins at once unless another thread has the context")
  func atOnce() throws {
    #expect(try context.beginBatchAtOnce())
    try Worker.run { [context] in
      let hasBegun = try context.beginBatchAtOnce()
      #expect(!hasBegun)
    }
    #expect(try context.beginBatchAtOnce())
    try context.endBatch()
    try context.endBatch()
    try Worker.run { [context] in
      #expect(try context.beginBatchAtOnce())
      try context.endBatch()
    }
  }

  @Test("making a context current belongs into a batch")
  func makesCurrent() throws {
    #expect(isWrongThread(#expect(throws: ZCError.self) { try context.makeCurrent() }))
    try context.beginBatch()
    try other.makeCurrent()
    #expect(otherGL.isCurrent)
    try context.makeCurrent()
    #expect(gl.isCurrent)
    try context.endBatch()
    #expect(ThreadBindings.here == .none)
  }

  @Test("a host that makes its own context current inside a batch does not draw into ours")
  func hostMeanwhile() throws {
    let host = ThreadBindings.host()
    let bindings = try ThreadBindings.withHost {
      try context.beginBatch()
      ThreadBindings.bind(host)
      _ = try context.frame(.pixel)
      #expect(gl.isCurrent)
      try context.endBatch()
    }
    #expect(bindings.after == bindings.before)
  }

  @Test("closing inside a batch is no mistake; the batch still ends and gives the host back")
  func close() throws {
    let bindings = try ThreadBindings.withHost {
      try context.beginBatch()
      try context.close()
      #expect(throws: ZCError.self) { try context.turnOnce() }
      try context.endBatch()
    }
    #expect(bindings.after == bindings.before)
    #expect(gl.calls.count { $0 == .destroyContext } == 1)
  }

  @Test("closing another context inside a batch leaves the batch as it is")
  func closeOther() throws {
    try context.beginBatch()
    try other.close()
    #expect(gl.isCurrent)
    try context.turnOnce()
    try context.endBatch()
    #expect(ThreadBindings.here == .none)
  }

  @Test("closing waits for a batch of another thread to let go")
  func closeElsewhere() throws {
    try context.beginBatch()
    let worker = Worker { [context] in
      try context.close()
    }
    yield { context.turn.waitingCount == 1 }
    #expect(context.isOpen)
    try context.endBatch()
    try worker.join()
    #expect(!context.isOpen)
    #expect(gl.objections.isEmpty)
  }

  @Test("a batch that fails to begin has not begun")
  func failsToBegin() throws {
    try context.close()
    #expect(throws: ZCError.self) { try context.beginBatch() }
    #expect(throws: ZCError.self) { try context.beginBatchAtOnce() }
    #expect(isWrongThread(#expect(throws: ZCError.self) { try context.endBatch() }))
    try other.turnOnce()
    #expect(ThreadBindings.here == .none)
  }

  @Test("a context lost inside a batch is current nowhere, and its turn is free")
  func lost() throws {
    try context.beginBatch()
    gl.lose("reset")
    for _ in 0..<2 { #expect(throws: ZCError.contextLost("reset")) { try context.turnOnce() } }
    #expect(ThreadBindings.here == .none)
    try Worker.run { [context] in
      try context.close()
    }
    try context.endBatch()
    #expect(gl.objections.isEmpty)
  }

  @Test("a thread that ends inside a batch leaves the context to others")
  func threadEnds() throws {
    try Worker.run { [context] in
      try context.beginBatch()
    }
    try context.turnOnce()
    #expect(gl.objections.isEmpty)
  }
}
