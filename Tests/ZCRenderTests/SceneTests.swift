import Testing
import ZCContext
import ZCCore
import ZCGL
import ZCISF
import ZCTestSupport

@testable import ZCRender

@Suite("Scene")
struct SceneTests {
  private let gl = RecordingGL()
  private let context: GPUContext

  init() { context = GPUContext(recording: gl) }

  private static let inputs = """
    {"INPUTS": [
      {"NAME": "level", "TYPE": "float", "MIN": 0, "MAX": 2, "DEFAULT": 1},
      {"NAME": "bang", "TYPE": "event"},
      {"NAME": "on", "TYPE": "bool"},
      {"NAME": "mode", "TYPE": "long", "VALUES": [1, 2], "LABELS": ["a", "b"], "DEFAULT": 1},
      {"NAME": "at", "TYPE": "point2D"},
      {"NAME": "tint", "TYPE": "color"}
    ]}
    """

  @Test("the shader gets what the inputs hold, and the frame's own numbers")
  func uniforms() throws {
    let scene = try scene(Self.inputs, in: context)
    try scene.set(4, to: .vector(SIMD4(3, 4, 0, 0), count: 2))
    try scene.set(5, to: .vector(SIMD4(0.5, 0.25, 0, 0), count: 3))
    _ = try scene.render(
      RenderRequest(
        width: 8, height: 4, time: 1.5, timeDelta: 0.25, frameIndex: 7,
        date: SIMD4(2024, 2, 29, 60)))
    let draw = try #require(gl.draws.first)
    #expect(
      draw.uniforms == [
        "PASSINDEX": .int(0), "RENDERSIZE": .vec2(8, 4), "TIME": .float(1.5),
        "TIMEDELTA": .float(0.25), "FRAMEINDEX": .int(7), "DATE": .vec4(2024, 2, 29, 60),
        "level": .float(1), "bang": .int(0), "on": .int(1), "mode": .int(1), "at": .vec2(3, 4),
        "tint": .vec4(0.5, 0.25, 0, 1),
      ])
    #expect(draw.vertexCount == 3)
    #expect(draw.extent == (try extent(8, 4)))
  }

  @Test("uniforms that the shader does not use are not set")
  func unused() throws {
    gl.state.withLock { $0.unusedUniforms = ["TIME", "DATE", "level", "PASSINDEX"] }
    let scene = try scene(Self.inputs, in: context)
    try scene.frame()
    let uniforms = try #require(gl.draws.first).uniforms
    #expect(uniforms["FRAMEINDEX"] == .int(0))
    #expect(uniforms["level"] == nil)
  }

  @Test("a value outside an input's range is refused, and the input keeps what it held")
  func range() throws {
    let scene = try scene(Self.inputs, in: context)
    try scene.set(0, to: .real(2))
    for offered in [OfferedValue.real(2.5), .real(.nan), .integer(3), .real(-.infinity)] {
      let error = #expect(throws: ZCError.self) { try scene.set(0, to: offered) }
      #expect(caseName(error) == "outOfRange")
    }
    #expect("\(try scene.value(0).value)" == "float(2.0)")
    try scene.set(0, to: .integer(0))
    #expect("\(try scene.value(0).value)" == "float(0.0)")
    try scene.set(0, to: .none)
    #expect("\(try scene.value(0).value)" == "float(1.0)")
  }

  @Test("a range whose ends are the wrong way round takes what lies between, however it is set")
  func swapped() throws {
    let header = """
      {"INPUTS": [{"NAME": "x", "TYPE": "float", "MIN": 10, "MAX": 2, "DEFAULT": 4}]}
      """
    let scene = try scene(header, in: context)
    for offered in [OfferedValue.real(5), .integer(5)] {
      try scene.set(0, to: offered)
      try scene.frame(inputs: [(0, offered)])
    }
    #expect(throws: ZCError.self) { try scene.set(0, to: .real(11)) }
    #expect(throws: ZCError.self) { try scene.frame(inputs: [(0, .real(1))]) }
  }

  @Test("an input that is not there is an error", arguments: [-1, 6, .max, .min])
  func noInput(index: Int) throws {
    let scene = try scene(Self.inputs, in: context)
    for error in [
      #expect(throws: ZCError.self) { try scene.set(index, to: .real(0)) },
      #expect(throws: ZCError.self) { _ = try scene.value(index) },
      #expect(throws: ZCError.self) { try scene.frame(inputs: [(index, .none)]) },
    ] {
      #expect(caseName(error) == "unknownInput")
    }
  }

  @Test("an unknown name is answered with the nearest one, and all there are")
  func unknownName() throws {
    let scene = try scene(Self.inputs, in: context)
    #expect(try scene.edition.index(ofInput: "mode") == 3)
    let error = #expect(throws: ZCError.self) { try scene.edition.index(ofInput: "Levl") }
    #expect(
      error
        == .unknownInput(
          "no input 'Levl'; did you mean 'level'? "
            + "(the inputs are level, bang, on, mode, at, tint)"))
  }

  @Test("values for one frame hold for that frame alone")
  func ownValues() throws {
    let scene = try scene(Self.inputs, in: context)
    try scene.frame(inputs: [(0, .real(2)), (3, .integer(2))])
    try scene.frame()
    #expect(gl.draws.map { $0.uniforms["level"] } == [.float(2), .float(1)])
    #expect(gl.draws.map { $0.uniforms["mode"] } == [.int(2), .int(1)])
  }

  @Test("a shader that the driver refuses leaves nothing behind, and is quoted with its log")
  func refused() throws {
    gl.refusePrograms(.fragment("0:1(1): error: no"))
    let error = #expect(throws: ZCError.self) { try scene("{}", in: context) }
    guard case .shader(_, let log, let generated)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(log == "0:1(1): error: no")
    #expect(generated.contains("void main()"))
    #expect(gl.liveNames == 0)
    gl.refusePrograms(nil)
    try scene("{}", in: context).frame()
  }

  @Test("a dropped scene gives back its program and buffers at a later turn, and calls nothing")
  func dropped() throws {
    var scene: Scene? = try scene(
      #"{"PASSES": [{"TARGET": "a", "PERSISTENT": true}, {}]}"#, in: context)
    try scene?.frame()
    gl.whileFinalising { scene = nil }
    for _ in 0..<2 { try context.withCurrent { (_) throws(ZCError) in } }
    #expect(gl.livePrograms == [])
    #expect(gl.liveFences == [])
    #expect(context.waitingCount == 0)
  }

  @Test("frames that are dropped are drawn into again: their number does not grow")
  func reuse() throws {
    let scene = try scene("{}", in: context)
    for _ in 0..<20 { try scene.frame() }
    #expect(gl.liveTextures.count <= 2)
  }

  @Test("a scene of a closed context is an error, not a crash")
  func closed() throws {
    let scene = try scene(Self.inputs, in: context)
    try context.close()
    #expect(caseName(#expect(throws: ZCError.self) { try scene.frame() }) == "closed")
    #expect(caseName(#expect(throws: ZCError.self) { try scene.reset() }) == "closed")
    try scene.set(0, to: .real(1))
  }

  @Test("the author's vertex shader draws a strip of four over a cleared target")
  func quad() throws {
    let scene = try scene("{}", vertex: "void main() { isf_vertShaderInit(); }", in: context)
    let frame = try scene.frame()
    #expect(gl.draws.first?.vertexCount == 4)
    #expect(gl.calls.contains(.clear(frame.record.name)))
  }

  @Test(
    "a frame that cannot be sized is refused before the GPU is asked",
    arguments: [(0, 1), (1, -1), (4097, 1), (.max, .max)] as [(Int64, Int64)])
  func sizes(width: Int64, height: Int64) throws {
    let scene = try scene("{}", in: context)
    let calls = gl.calls.count
    let error = #expect(throws: ZCError.self) {
      try scene.render(RenderRequest(width: width, height: height))
    }
    #expect(caseName(error) == "badSize")
    #expect(gl.calls.count == calls)
  }
}
