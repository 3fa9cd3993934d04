import Testing
import ZCContext
import ZCCore
import ZCGL
import ZCTestSupport

@testable import ZCRender

@Suite("a frame that fails")
struct SceneFailureTests {
  private let gl = RecordingGL()
  private let context: GPUContext
  private let header = """
    {"INPUTS": [{"NAME": "bang", "TYPE": "event"},
                {"NAME": "n", "TYPE": "long", "DEFAULT": 1}],
     "PASSES": [{"TARGET": "a", "WIDTH": "$n", "PERSISTENT": true}, {}]}
    """

  init() { context = GPUContext(recording: gl) }

  /// Ways to make the next frame of a scene fail.
  enum Failure: CaseIterable {
    case badTime, badPassSize, noMemory, glError, badBuffer, badInput
  }

  /// Renders a frame that fails.
  private func fail(
    _ scene: Scene, _ failure: Failure, bang: OfferedValue? = nil
  ) {
    var request = RenderRequest(width: 8, height: 4, time: 9)
    if let bang { request.inputs = [Offer(index: 0, value: bang)] }
    switch failure {
    case .badTime: request.time = .nan
    case .badPassSize: request.inputs.append(Offer(index: 1, value: .integer(100_000)))
    case .noMemory:
      request.width = 32
      gl.failTextures(.outOfMemory)
    case .glError: gl.state.withLock { $0.drawError = 0x0502 }
    case .badBuffer: break
    case .badInput: request.inputs.append(Offer(index: 1, value: .other(nil)))
    }
    let frame = request
    #expect(throws: ZCError.self) {
      if failure == .badBuffer {
        var memory: [UInt8] = [0, 0, 0, 0]
        try unsafe memory.withUnsafeMutableBytes { bytes in
          try scene.render(
            frame,
            into: try unsafe Destination(bytes, rowStride: nil, extent: .pixel, format: .rgba8))
        }
      } else {
        _ = try scene.render(frame)
      }
    }
    gl.failTextures(nil)
  }

  private func bangs() -> [UniformValue?] { gl.draws.map { $0.uniforms["bang"] } }

  @Test("an event is true for one frame")
  func event() throws {
    let scene = try scene(header, in: context)
    try scene.set(0, to: .bool(true))
    for _ in 0..<2 { try scene.frame() }
    #expect(bangs() == [.int(1), .int(1), .int(0), .int(0)])
    try scene.frame(inputs: [(0, .bool(true))])
    try scene.frame()
    #expect(bangs().suffix(4) == [.int(1), .int(1), .int(0), .int(0)])
  }

  @Test("events are still to come after it", arguments: Failure.allCases)
  func events(failure: Failure) throws {
    let scene = try scene(header, in: context)
    try scene.set(0, to: .bool(true))
    fail(scene, failure)
    let known = gl.draws.count
    for _ in 0..<2 { try scene.frame() }
    #expect(bangs().dropFirst(known) == [.int(1), .int(1), .int(0), .int(0)])
  }

  @Test("its own events do not stay, and hide none that was set", arguments: Failure.allCases)
  func ownEvents(failure: Failure) throws {
    let scene = try scene(header, in: context)
    fail(scene, failure, bang: .bool(true))
    var known = gl.draws.count
    try scene.frame()
    #expect(bangs().dropFirst(known) == [.int(0), .int(0)])
    try scene.set(0, to: .bool(true))
    fail(scene, failure, bang: .bool(false))
    known = gl.draws.count
    try scene.frame()
    #expect(bangs().dropFirst(known) == [.int(1), .int(1)])
  }

  @Test("the clock stays where it was", arguments: Failure.allCases)
  func clock(failure: Failure) throws {
    let scene = try scene(header, in: context)
    try scene.frame(time: 1)
    fail(scene, failure)
    try scene.frame(time: 3)
    let last = try #require(gl.draws.last)
    #expect(last.uniforms["FRAMEINDEX"] == .int(1))
    #expect(last.uniforms["TIMEDELTA"] == .float(2))
  }

  @Test("nothing is left behind by it", arguments: Failure.allCases)
  func leaves(failure: Failure) throws {
    let scene = try scene(header, in: context)
    for _ in 0..<3 { try scene.frame() }
    let known = gl.liveTextures.count
    for _ in 0..<5 {
      fail(scene, failure)
      try scene.frame()
    }
    #expect(gl.liveTextures.count <= known + 1)
    #expect(gl.liveFences == [])
  }
}
