import Testing
import ZCContext
import ZCCore
import ZCGL
import ZCISF
import ZCTestSupport

@testable import ZCRender

@Suite("a scene's next edition")
struct SceneReloadTests {
  private let gl = RecordingGL()
  private let context: GPUContext

  init() { context = GPUContext(recording: gl) }

  private func source(_ header: String) -> ShaderSource {
    ShaderSource(fragment: Array("/*\(header)*/\nvoid main() { gl_FragColor = vec4(1.0); }".utf8))
  }

  private static let twoLevels = """
    {"INPUTS": [{"NAME": "a", "TYPE": "float", "DEFAULT": 0.25},
                {"NAME": "b", "TYPE": "float", "DEFAULT": 0.5}]}
    """

  @Test("an index of an edition that has ended is refused, and sets nothing")
  func staleIndex() throws {
    let scene = try scene(Self.twoLevels, in: context)
    let old = scene.edition.number
    try scene.reload(
      source(
        #"{"INPUTS": [{"NAME": "b", "TYPE": "float"}, {"NAME": "a", "TYPE": "float"}]}"#))
    for offered in [OfferedValue.real(0.75), .integer(1), .none] {
      let error = #expect(throws: ZCError.self) { try scene.set(0, to: offered, edition: old) }
      guard case .staleHandle? = error else { return #expect(error == nil) }
    }
    #expect(throws: ZCError.self) {
      try scene.render(
        RenderRequest(
          width: 8, height: 4, inputs: [Offer(index: 0, value: .real(0.75), edition: old)]))
    }
    try scene.set(0, to: .real(0.75), edition: scene.edition.number)
    try scene.set(1, to: .real(0.125))
    try scene.frame()
    #expect(gl.draws.last?.uniforms["b"] == .float(0.75))
    #expect(gl.draws.last?.uniforms["a"] == .float(0.125))
  }

  @Test("a frame that was planned for an edition is not drawn by the next")
  func plannedBefore() throws {
    let scene = try scene(
      #"{"INPUTS": [{"NAME": "go", "TYPE": "event"}, {"NAME": "a", "TYPE": "float"}]}"#, in: context
    )
    try scene.set(0, to: .bool(true))
    let job = try scene.plan(RenderRequest(width: 8, height: 4))
    try scene.reload(
      source(#"{"INPUTS": [{"NAME": "a", "TYPE": "float"}, {"NAME": "go", "TYPE": "event"}]}"#))
    let drawn: Int? = try scene.perform(job) { (_, _) throws(ZCError) in 1 }
    #expect(drawn == nil)
    try scene.frame()
    #expect(gl.draws.map { $0.uniforms["go"] } == [.int(1)])
  }

  @Test("a text that is refused leaves program, buffers and values as they were")
  func refused() throws {
    let scene = try scene(
      #"""
      {"INPUTS": [{"NAME": "a", "TYPE": "float"}], "PASSES": [{"TARGET": "t", "PERSISTENT": true}]}
      """#, in: context)
    try scene.set(0, to: .real(0.75))
    try scene.frame()
    let edition = scene.edition
    let program = scene.drawing.withLock { $0.program.program.name }
    gl.refusePrograms(.fragment("0:1(1): error: no"))
    #expect(throws: ZCError.self) { try scene.reload(source("{}")) }
    gl.refusePrograms(nil)
    #expect(throws: ZCError.self) { try scene.reload(source(#"{"INPUTS": 3}"#)) }
    #expect(scene.edition === edition)
    #expect(scene.drawing.withLock { $0.program.program.name } == program)
    try scene.frame()
    #expect(gl.draws.map { $0.samples["t"] } == [.clear, .draw(1)])
    #expect(gl.draws.last?.uniforms["a"] == .float(0.75))
  }

  @Test("a persistent buffer keeps its picture by its name, a temporary does not")
  func buffers() throws {
    let scene = try scene(
      #"{"PASSES": [{"TARGET": "t"}, {"TARGET": "p", "PERSISTENT": true}]}"#, in: context)
    try scene.frame()
    try scene.reload(
      source(
        #"""
        {"PASSES": [{"TARGET": "p", "PERSISTENT": true, "FLOAT": true},
                    {"TARGET": "t", "PERSISTENT": true}, {}]}
        """#))
    try scene.frame()
    #expect(scene.drawing.withLock { $0.targets.map { $0?.format } } == [.rgba32Float, .rgba8])
    #expect(gl.draws[2].samples["p"] == .draw(2))
    #expect(gl.draws[2].samples["t"] == .clear)
    #expect(gl.draws.last?.samples["p"] == .draw(3))
  }

  @Test("what is dropped by a reload is deleted, and nothing else")
  func drops() throws {
    do {
      let scene = try scene(#"{"PASSES": [{"TARGET": "p", "PERSISTENT": true}]}"#, in: context)
      for _ in 0..<3 {
        try scene.frame()
        try scene.reload(source(#"{"PASSES": [{"TARGET": "p", "PERSISTENT": true}, {}]}"#))
        try scene.frame()
        try scene.reload(source("{}"))
      }
    }
    try context.withCurrent { (_) throws(ZCError) in }
    #expect(gl.livePrograms.isEmpty)
  }
}
