import Testing
import ZCContext
import ZCCore
import ZCGL
import ZCPipeline
import ZCTestSupport

@testable import ZCVideo

@Suite("a renderer, of decoded frames")
final class VideoDrawTests: HostedTests {

  init() throws { try super.init(width: 64, height: 48) }

  private var uploads: Int {
    gl.state.withLock { state in
      state.calls.count { if case .upload = $0 { true } else { false } }
    }
  }

  private func settle() throws {
    gl.signalAll()
    try context.withCurrent { (_) throws(ZCError) in }
  }

  @Test("draws a frame once for the first draw, and what it became for the next")
  func again() throws {
    let frame = try Reel.frames(1)[0]
    for _ in 0..<3 { #expect(try !renderer.draw(frame, Renderer.Request())) }
    #expect(uploads == 3)
    #expect(gl.draws.count == 4, "one conversion, three drawings")
    #expect(renderer.counts.drawn == 3 && renderer.counts.fallbacks == 0)
    #expect(frame.roles[.renderer] == 0 && frame.roles[.decoder] == 1)
  }

  @Test("what it keeps is no other frame's, and goes with its generation")
  func kept() throws {
    let frames = try Reel.frames(2)
    for frame in frames { try renderer.draw(frame, Renderer.Request()) }
    #expect(uploads == 6)
    #expect(renderer.drawn.picture(of: frames[0]) == nil)
    let old = try #require(renderer.drawn.picture(of: frames[1].share(as: .cache)))
    try context.reinitialize()
    #expect(!old.isUsable && renderer.drawn.picture(of: frames[1]) == nil)
  }

  @Test(
    "where the GPU fails to convert or draw, the same frame is drawn from the CPU, and let go of",
    arguments: [0, 1])
  func fallback(drawsBefore: Int) throws {
    let frame = try Reel.frames(1)[0]
    gl.holdFences()
    gl.state.withLock { state in
      state.drawError = 0x0502
      state.drawsBeforeError = drawsBefore
    }
    let isFallback = try renderer.draw(frame, Renderer.Request())
    #expect(isFallback)
    #expect(
      renderer.counts == counts(drawn: 1, fallbacks: 1))
    #expect(frame.roles[.renderer] == 0 && frame.roles[.decoder] == 1)
    // Three planes, then the picture that the CPU made.
    #expect(uploads == 4)
    let again = try renderer.draw(frame, Renderer.Request())
    #expect(!again && uploads == 4)
    try settle()
    #expect(frame.roles[.gpu] == 0)
    let kept = try #require(renderer.drawn.picture(of: frame))
    #expect(kept.holders.roles[.cache] == 1 && kept.holders.roles[.gpu] == 0)
    renderer.retire()
    try settle()
    #expect(kept.holders.roles[.cache] == 1 && renderer.drawn.picture(of: frame) == nil)
  }

  @Test("a fallback that fails, too, is an error; nobody holds the frame, which may be drawn later")
  func failure() throws {
    let frame = try Reel.frames(1)[0]
    gl.refusePrograms(.fragment("no"))
    #expect(throws: ZCError.self) { try renderer.draw(frame, Renderer.Request()) }
    #expect(renderer.counts == counts(failed: 1))
    #expect(frame.roles[.renderer] == 0)
    gl.refusePrograms(nil)
    try renderer.draw(frame, Renderer.Request())
    #expect(renderer.counts == counts(drawn: 1, failed: 1))
  }

  @Test("a host without a framebuffer is an error at once: there is no way around it")
  func noTarget() throws {
    let frame = try Reel.frames(1)[0]
    gl.unbindHostFramebuffer()
    #expect(throws: ZCError.self) { try renderer.draw(frame, Renderer.Request()) }
    #expect(renderer.counts == counts(failed: 1))
    #expect(uploads == 3)
  }

  @Test("a frame that is none any more is dropped, and counted")
  func none() throws {
    #expect(throws: ZCError.self) {
      try renderer.handed { () throws(ZCError) -> VideoFrame in throw .closed("closed") }
    }
    #expect(renderer.counts == counts(dropped: 1))
  }

  private func counts(drawn: Int = 0, dropped: Int = 0, failed: Int = 0, fallbacks: Int = 0)
    -> Renderer.Counts
  {
    Renderer.Counts(drawn: drawn, dropped: dropped, failed: failed, fallbacks: fallbacks)
  }
}
