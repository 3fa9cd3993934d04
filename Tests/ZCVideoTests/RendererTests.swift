import Testing
import ZCContext
import ZCCore
import ZCGL
import ZCPipeline
import ZCTestSupport

@testable import ZCVideo

@Suite("a renderer")
final class RendererTests: HostedTests {

  init() throws { try super.init(width: 8, height: 8) }

  private func frame() throws -> Frame {
    let pixels = [UInt8](repeating: 9, count: 4 * 4 * 2)
    return try unsafe pixels.withUnsafeBytes { bytes in
      let source = unsafe try PixelSource(
        try #require(bytes.baseAddress), available: bytes.count, rowStride: nil, channels: 4,
        isFloat: false, extent: try Extent(width: 4, height: 2, limit: 8))
      return try Frame(source, in: context)
    }
  }

  @Test("takes the role renderer for the call, and leaves the frame to the GPU until its fence")
  func roles() throws {
    gl.holdFences()
    let frame = try frame()
    try renderer.draw(frame, Renderer.Request())
    #expect(frame.holders.roles[.renderer] == 0)
    #expect(frame.holders.roles[.gpu] == 1)
    gl.signalAll()
    try context.withCurrent { (_) throws(ZCError) in }
    #expect(frame.holders.roles[.gpu] == 0)
    #expect(frame.holders.roles[.presenter] == 1)
  }

  @Test("draws the background over the viewport, then the picture in its place")
  func place() throws {
    var request = Renderer.Request()
    request.background = SIMD4(0, 0, 0, 1)
    request.viewport = Viewport(x: 1, y: 1, width: 4, height: 6)
    try renderer.draw(try frame(), request)
    let parts = gl.state.withLock { $0.parts }
    #expect(
      parts == [
        Viewport(x: 1, y: 1, width: 4, height: 6), Viewport(x: 1, y: 3, width: 4, height: 2),
      ])
    #expect(gl.draws.map { $0.uniforms["filled"] } == [.int(1), .int(0)])
  }

  @Test("builds its program once a generation")
  func program() throws {
    let frame = try frame()
    for _ in 0..<3 { try renderer.draw(frame, Renderer.Request()) }
    #expect(gl.livePrograms.count == 1)
  }

  @Test("a draw that fails leaves nobody holding the frame, and is counted")
  func failure() throws {
    let frame = try frame()
    gl.holdFences()
    gl.state.withLock { $0.drawError = 0x0502 }
    #expect(throws: ZCError.self) { try renderer.draw(frame, Renderer.Request()) }
    gl.signalAll()
    try context.withCurrent { (_) throws(ZCError) in }
    #expect(frame.holders.roles[.renderer] == 0 && frame.holders.roles[.gpu] == 0)
    try renderer.draw(frame, Renderer.Request())
    #expect(renderer.counts.drawn == 1 && renderer.counts.failed == 1)
  }

  @Test("a program that the driver refuses is an error, and is tried again")
  func refused() throws {
    let frame = try frame()
    gl.refusePrograms(.fragment("no"))
    #expect(throws: ZCError.self) { try renderer.draw(frame, Renderer.Request()) }
    #expect(frame.holders.roles[.gpu] == 0)
    gl.refusePrograms(nil)
    try renderer.draw(frame, Renderer.Request())
  }

  @Test("a host without a framebuffer, or a viewport beyond the driver's, is refused before a draw")
  func target() throws {
    let frame = try frame()
    var request = Renderer.Request()
    request.viewport = Viewport(x: 0, y: 0, width: 5000, height: 1)
    #expect(throws: ZCError.self) { try renderer.draw(frame, request) }
    gl.state.withLock { state in
      state.hostTarget = DrawTarget(
        framebuffer: 0, viewport: Viewport(x: 0, y: 0, width: 1, height: 1), limit: (1, 1),
        problem: "nothing is bound")
    }
    #expect(throws: ZCError.invalidArgument("nothing is bound; bind one to draw into")) {
      try renderer.draw(frame, Renderer.Request())
    }
    #expect(gl.draws.isEmpty)
  }

  @Test("a context of our own has no host to draw for")
  func own() {
    #expect(throws: ZCError.self) { try Renderer(GPUContext(recording: RecordingGL())) }
  }
}
