import Testing
import ZCCore
import ZCGL
import ZCTestSupport

@testable import ZCContext

/// A texture, and what is done when it comes back.
private final class Payload: Sendable {
  private let texture: Texture
  private let onReturn: @Sendable () -> Void

  init(_ texture: consuming Texture, onReturn: @escaping @Sendable () -> Void) {
    self.texture = texture
    self.onReturn = onReturn
  }

  deinit { onReturn() }
}

/// What a driver was asked by the moment a payload came back.
private final class Return: Sendable {
  private let calls = Lock<[GLCall]?>(nil)

  var isBack: Bool { calls.withLock { $0 != nil } }
  var wasAfterTheEnd: Bool { calls.withLock { $0?.contains(.destroyContext) ?? false } }

  /// A frame's hold whose payload's return is noted.
  func hold(on gl: RecordingGL, in context: GPUContext) throws -> Hold {
    let texture = try context.withCurrent { (current) throws(ZCError) -> Texture in
      try context.makeTexture(.pixel, .rgba8, current)
    }
    return Lease.open(
      Payload(texture) { [self] in
        let made = gl.calls
        calls.withLock { $0 = made }
      }, as: .cache, in: .first)
  }
}

@Suite("the role gpu")
struct GPUHoldTests {
  private let gl = RecordingGL()
  private let context: GPUContext

  init() { context = GPUContext(recording: gl) }

  /// Lends a hold to the GPU and drops it.
  private func lend(
    _ returned: Return, on gl: RecordingGL? = nil, in context: GPUContext? = nil
  ) throws {
    let context = context ?? self.context
    let hold = try returned.hold(on: gl ?? self.gl, in: context)
    try context.withCurrent { (current) throws(ZCError) in
      context.graveyard.bury(.hold(GPUHold(hold)), from: current.generation)
    }
  }

  @Test("keeps a frame that everybody dropped until the fence behind its last use has signalled")
  func fence() throws {
    gl.holdFences()
    let returned = Return()
    try lend(returned)
    for _ in 0..<3 { try context.turnOnce() }
    #expect(!returned.isBack)
    gl.signalAll()
    try context.turnOnce()
    #expect(returned.isBack)
    #expect(gl.liveFences == [])
  }

  @Test("is not dropped by a fence of which the driver cannot say anything")
  func failed() throws {
    gl.state.withLock { $0.failedFences = [1] }
    let returned = Return()
    try lend(returned)
    for _ in 0..<3 { try context.turnOnce() }
    #expect(!returned.isBack)
  }

  @Test("is dropped by close and reinitialize only after the GPU has finished", arguments: [0, 1])
  func ends(number: Int) throws {
    gl.holdFences()
    let returned = Return()
    try lend(returned)
    if number == 0 { try context.close() } else { try context.reinitialize() }
    #expect(returned.isBack)
    #expect(returned.wasAfterTheEnd)
    #expect(context.waitingCount == 0)
  }

  @Test("outlives a context that is dropped open, until that context is buried")
  func mortuary() throws {
    let gl = RecordingGL()
    gl.holdFences()
    let returned = Return()
    do {
      let dropped = GPUContext(recording: gl)
      try lend(returned, on: gl, in: dropped)
    }
    Mortuary.shared.bury()
    #expect(gl.isDestroyed)
    yield { returned.isBack }
    #expect(returned.wasAfterTheEnd)
  }

  @Test("outlives a lost context's fences, and ends with its generation")
  func lost() throws {
    gl.holdFences()
    let returned = Return()
    try lend(returned)
    gl.lose("a test")
    for _ in 0..<2 { #expect(throws: ZCError.self) { try context.turnOnce() } }
    #expect(!returned.isBack)
    try context.reinitialize()
    #expect(returned.wasAfterTheEnd)
  }
}
