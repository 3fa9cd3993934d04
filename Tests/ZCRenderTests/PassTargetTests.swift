import Testing
import ZCContext
import ZCCore
import ZCGL
import ZCTestSupport

@testable import ZCRender

@Suite("PassTarget")
struct PassTargetTests {
  private let gl = RecordingGL()
  private let context: GPUContext

  init() { context = GPUContext(recording: gl) }

  /// Runs `body` with a fresh target of 4 x 4 pixels and a program in use.
  private func withTarget(
    _ body: (PassTarget, borrowing Current) throws(ZCError) -> Void
  ) throws {
    let size = try extent(4, 4)
    try context.withCurrent { (current) throws(ZCError) in
      guard case .built(let name) = current.gl.buildProgram(vertex: "", fragment: "") else {
        return
      }
      current.gl.useProgram(name)
      try body(try PassTarget(size, .rgba8, in: context, current), current)
    }
  }

  private func draw(_ target: PassTarget) {
    gl.bindFramebuffer(target.drawable.framebuffer, target.extent)
    gl.draw(vertexCount: 3)
    target.showDrawn()
  }

  private func readable(_ target: PassTarget) -> Picture? { gl.picture(of: target.readable) }

  private var clears: Int {
    gl.calls.count { if case .clear = $0 { true } else { false } }
  }

  @Test("a fresh target is transparent black on both sides, and never reads where it draws")
  func fresh() throws {
    try withTarget { (target, _) throws(ZCError) in
      #expect(readable(target) == .clear)
      #expect(gl.picture(of: target.drawable.name) == .clear)
      #expect(target.readable != target.drawable.name)
    }
  }

  @Test("what a pass has drawn is what is read next")
  func shown() throws {
    try withTarget { (target, _) throws(ZCError) in
      for number in 1...5 {
        draw(target)
        #expect(readable(target) == .draw(number))
        #expect(target.readable != target.drawable.name)
      }
    }
  }

  @Test("a temporary that is drawn once a frame starts each frame clear, and is never cleared")
  func once() throws {
    try withTarget { (target, current) throws(ZCError) in
      let before = clears
      for number in 1...5 {
        target.beginFrame(current)
        #expect(readable(target) == .clear)
        draw(target)
        #expect(readable(target) == .draw(number))
      }
      #expect(clears == before)
    }
  }

  @Test("a temporary that is drawn several times a frame starts each frame clear", arguments: 2...4)
  func several(draws: Int) throws {
    try withTarget { (target, current) throws(ZCError) in
      for _ in 1...4 {
        target.beginFrame(current)
        #expect(readable(target) == .clear)
        for _ in 1...draws { draw(target) }
      }
    }
  }

  @Test(
    "a temporary starts clear whatever the frames before drew", arguments: [[1, 2, 1, 0, 1, 3]])
  func mixed(frames: [Int]) throws {
    try withTarget { (target, current) throws(ZCError) in
      for draws in frames {
        target.beginFrame(current)
        #expect(readable(target) == .clear)
        for _ in 0..<draws { draw(target) }
      }
    }
  }

  @Test("clearing clears both sides")
  func cleared() throws {
    try withTarget { (target, current) throws(ZCError) in
      draw(target)
      draw(target)
      target.clear(current)
      #expect(readable(target) == .clear)
      draw(target)
      target.beginFrame(current)
      #expect(readable(target) == .clear)
    }
  }

  @Test("another size takes over the picture, scaled")
  func filled() throws {
    let wide = try extent(8, 4)
    try withTarget { (target, current) throws(ZCError) in
      draw(target)
      let larger = try PassTarget(wide, .rgba8, in: context, current)
      larger.fill(from: target, current)
      #expect(readable(larger) == .scaled(.draw(1), from: target.extent))
    }
  }

  @Test("a target whose second side finds no memory leaves nothing behind")
  func noMemory() throws {
    gl.failTextures(.outOfMemory, after: 1)
    let error = #expect(throws: ZCError.self) { try withTarget { (_, _) throws(ZCError) in } }
    #expect(caseName(error) == "outOfMemory")
    #expect(gl.liveTextures.count == 1)
    #expect(context.waitingCount == 0)
    gl.failTextures(nil)
    try withTarget { (_, _) throws(ZCError) in }
    #expect(gl.liveTextures.count == 2)
  }
}
