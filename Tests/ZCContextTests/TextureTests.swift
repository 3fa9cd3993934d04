import Testing
import ZCCore
import ZCGL
import ZCTestSupport

@testable import ZCContext

@Suite("Texture")
struct TextureTests {
  private let gl = RecordingGL()
  private let context: GPUContext

  init() { context = GPUContext(recording: gl) }

  /// More bytes than may lie idle.
  private func large() throws -> Extent { try extent(4200, 4200) }

  @Test("dropping a texture calls nothing; a later turn deletes it, once its fence has signalled")
  func deferred() throws {
    gl.holdFences()
    var frame: Frame? = try context.frame(try large(), .rgba32Float)
    let name = try #require(frame?.record.name)
    let framebuffer = try #require(frame?.record.framebuffer)
    gl.whileFinalising { frame = nil }
    #expect(context.waitingCount == 1)

    #expect(
      try gl.calls { try context.turnOnce() } == [.makeCurrent, .insertFence(1), .rebind(.none)])
    #expect(try gl.calls { try context.turnOnce() } == [.makeCurrent, .rebind(.none)])
    #expect(gl.liveTextures == [name])

    gl.signalAll()
    #expect(
      try gl.calls { try context.turnOnce() } == [
        .makeCurrent, .deleteFence(1), .deleteFramebuffer(framebuffer), .deleteTexture(name),
        .rebind(.none),
      ])
    #expect(gl.liveNames == 0)
    #expect(context.waitingCount == 0)
  }

  @Test("a dropped texture is used again once its fence has signalled, and not before")
  func reused() throws {
    gl.holdFences()
    let size = try extent(4, 4)
    var frame: Frame? = try context.frame(size)
    let first = try #require(frame?.record.name)
    frame = nil
    try context.turnOnce()
    let second = try context.frame(size)
    #expect(second.record.name != first)
    gl.signalAll()
    try context.turnOnce()
    let third = try context.frame(size)
    #expect(third.record.name == first)
    #expect(gl.liveTextures.count == 2)
  }

  @Test("a texture of another size or format is not used again")
  func exact() throws {
    var frame: Frame? = try context.frame(try extent(4, 4))
    let first = try #require(frame?.record.name)
    frame = nil
    try context.turnOnce()
    #expect(try context.frame(try extent(4, 5)).record.name != first)
    #expect(try context.frame(try extent(4, 4), .rgba32Float).record.name != first)
    #expect(try context.frame(try extent(4, 4)).record.name == first)
  }

  @Test("a fence of which the driver cannot say anything frees nothing")
  func failedFence() throws {
    gl.state.withLock { $0.failedFences = [1] }
    _ = try context.frame(try large(), .rgba32Float)
    for _ in 0..<3 { try context.turnOnce() }
    #expect(gl.liveTextures.count == 1)
    #expect(context.waitingCount == 1)
  }

  @Test("idle textures beyond the budget are deleted, the oldest first")
  func budget() throws {
    let size = try extent(4096, 4096)
    do {
      let frames = try (0..<5).map { _ in try context.frame(size) }
      #expect(frames.count == 5)
    }
    for _ in 0..<2 { try context.turnOnce() }
    #expect(gl.liveTextures.count * size.pixelCount * 4 == Stock.idleBudget)
    #expect(!gl.calls.contains(.deleteTexture(try #require(gl.liveTextures.last))))
  }

  @Test(
    "a texture that finds no memory leaves nothing behind, and no error for the next",
    arguments: [RecordedState.Fault.outOfMemory, .errorAlone, .incomplete])
  func noMemory(fault: RecordedState.Fault) throws {
    gl.failTextures(fault)
    let error = #expect(throws: ZCError.self) { try context.frame(try extent(64, 32)) }
    #expect(
      error
        == .outOfMemory("the driver has no memory for 64 x 32 pixels of 4 bytes"))
    #expect(gl.liveNames == 0)
    #expect(context.waitingCount == 0)
    gl.failTextures(nil)
    #expect(try context.frame(try extent(64, 32)).isUsable)
  }

  @Test("a driver that cannot draw into floats says so before anything is made")
  func noFloats() throws {
    let gl = RecordingGL(hasFloatTargets: false)
    let context = GPUContext(recording: gl)
    #expect(throws: ZCError.self) { try context.frame(.pixel, .rgba32Float) }
    #expect(gl.liveNames == 0)
    #expect(try context.frame(.pixel).isUsable)
  }

  @Test("an error of earlier work is named as such, and every pending one is taken")
  func earlier() throws {
    gl.fail(with: [0x0502, 0x0500])
    #expect(throws: ZCError.gl(operation: "earlier work", code: 0x0502)) {
      try context.frame(.pixel)
    }
    #expect(try context.frame(.pixel).isUsable)
  }

  @Test("the stand-in for an unset image is one clear pixel, made once")
  func blank() throws {
    let first = try context.withCurrent { (now) throws(ZCError) in try context.blank(now) }
    let second = try context.withCurrent { (now) throws(ZCError) in try context.blank(now) }
    #expect(first == second)
    #expect(first.extent == .pixel)
    #expect(gl.picture(of: first.name) == .clear)
  }

  @Test("a dropped program is deleted after its fence")
  func program() throws {
    gl.holdFences()
    try context.withCurrent { (current) throws(ZCError) in
      if case .built(let name) = current.gl.buildProgram(vertex: "", fragment: "") {
        _ = Program(adopting: name, in: context, current)
      }
    }
    #expect(gl.livePrograms.count == 1)
    gl.signalAll()
    try context.turnOnce()
    #expect(gl.liveNames == 0)
  }
}
