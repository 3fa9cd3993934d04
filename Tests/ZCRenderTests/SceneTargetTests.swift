import Testing
import ZCContext
import ZCCore
import ZCGL
import ZCTestSupport

@testable import ZCRender

@Suite("a scene's buffers")
struct SceneTargetTests {
  private let gl = RecordingGL()
  private let context: GPUContext

  init() { context = GPUContext(recording: gl) }

  /// What sampler `name` showed in each draw so far.
  private func seen(_ name: String) -> [Picture?] { gl.draws.map { $0.samples[name] } }

  @Test("a persistent buffer shows its own pass the frame before, and a later pass this frame")
  func persistent() throws {
    let scene = try scene(#"{"PASSES": [{"TARGET": "a", "PERSISTENT": true}, {}]}"#, in: context)
    for _ in 0..<3 { try scene.frame() }
    #expect(seen("a") == [.clear, .draw(1), .draw(1), .draw(3), .draw(3), .draw(5)])
  }

  @Test("a temporary buffer starts every frame transparent black")
  func temporary() throws {
    let scene = try scene(#"{"PASSES": [{"TARGET": "a"}, {}]}"#, in: context)
    for _ in 0..<3 { try scene.frame() }
    #expect(seen("a") == [.clear, .draw(1), .clear, .draw(3), .clear, .draw(5)])
  }

  @Test("two passes into one buffer see each other, and the next frame sees neither")
  func twice() throws {
    let scene = try scene(#"{"PASSES": [{"TARGET": "a"}, {"TARGET": "a"}, {}]}"#, in: context)
    for _ in 0..<2 { try scene.frame() }
    #expect(seen("a") == [.clear, .draw(1), .draw(2), .clear, .draw(4), .draw(5)])
  }

  @Test("the output is a copy of the last pass's buffer, never the buffer")
  func lastPass() throws {
    let scene = try scene(#"{"PASSES": [{"TARGET": "a", "PERSISTENT": true}]}"#, in: context)
    let first = try scene.frame()
    let second = try scene.frame()
    #expect(gl.picture(of: first.record.name) == .draw(1))
    #expect(gl.picture(of: second.record.name) == .draw(2))
    #expect(seen("a") == [.clear, .draw(1)])
    let targets = Set(gl.draws.map(\.target))
    #expect(targets.isDisjoint(with: [first.record.name, second.record.name]))
  }

  @Test("a copy of a buffer is what passes drew last, and never the buffer")
  func copies() throws {
    let scene = try scene(#"{"PASSES": [{"TARGET": "a", "PERSISTENT": true}, {}]}"#, in: context)
    #expect(try scene.copyTarget(named: "a") == nil)
    var copies: [(Int, Frame)] = []
    for number in [1, 3, 5] {
      try scene.frame()
      copies.append((number, try #require(try scene.copyTarget(named: "a"))))
    }
    for (number, copy) in copies { #expect(gl.picture(of: copy.record.name) == .draw(number)) }
    let targets = Set(gl.draws.map(\.target))
    #expect(targets.isDisjoint(with: copies.map(\.1.record.name)))
    #expect(throws: ZCError.self) { try scene.copyTarget(named: "b") }
    try context.reinitialize()
    #expect(try scene.copyTarget(named: "a") == nil)
  }

  @Test("each pass knows its number and its own size")
  func passes() throws {
    let scene = try scene(
      #"{"PASSES": [{"TARGET": "a", "WIDTH": "$WIDTH/2", "HEIGHT": 3}, {}]}"#, in: context)
    let frame = try scene.frame()
    #expect(gl.draws.map { $0.uniforms["PASSINDEX"] } == [.int(0), .int(1)])
    #expect(gl.draws.map { $0.uniforms["RENDERSIZE"] } == [.vec2(4, 3), .vec2(8, 4)])
    #expect(gl.draws.last?.target == frame.record.name)
  }

  @Test("a persistent buffer of another size takes its picture along, scaled")
  func resized() throws {
    let scene = try scene(
      #"{"PASSES": [{"TARGET": "a", "PERSISTENT": true, "FLOAT": true}, {}]}"#, in: context)
    try scene.frame(width: 8)
    try scene.frame(width: 16)
    let scaled = Picture.scaled(.draw(1), from: try extent(8, 4))
    #expect(seen("a") == [.clear, .draw(1), scaled, .draw(3)])
  }

  @Test("a temporary buffer of another size starts clear")
  func resizedTemporary() throws {
    let scene = try scene(#"{"PASSES": [{"TARGET": "a"}, {}]}"#, in: context)
    try scene.frame(width: 8)
    try scene.frame(width: 16)
    #expect(seen("a") == [.clear, .draw(1), .clear, .draw(3)])
  }

  @Test("a size may follow an input")
  func follows() throws {
    let scene = try scene(
      """
      {"INPUTS": [{"NAME": "n", "TYPE": "long", "MIN": 1, "MAX": 9, "DEFAULT": 2}],
       "PASSES": [{"TARGET": "a", "WIDTH": "$n", "HEIGHT": "$n"}, {}]}
      """, in: context)
    try scene.frame()
    try scene.set(0, to: .integer(5))
    try scene.frame()
    #expect(
      gl.draws.compactMap { $0.uniforms["RENDERSIZE"] }
        == [.vec2(2, 2), .vec2(8, 4), .vec2(5, 5), .vec2(8, 4)])
  }

  @Test("a resize that finds no memory leaves the buffers as they were", arguments: 0...3)
  func resizeFails(after: Int) throws {
    let scene = try scene(
      #"{"PASSES": [{"TARGET": "a", "PERSISTENT": true}, {"TARGET": "b", "PERSISTENT": true}, {}]}"#,
      in: context)
    try scene.frame(width: 8)
    gl.failTextures(.outOfMemory, after: after + 1)
    let error = #expect(throws: ZCError.self) { try scene.frame(width: 16) }
    #expect(caseName(error) == "outOfMemory")
    gl.failTextures(nil)
    try scene.frame(width: 8)
    #expect(seen("a").prefix(4) == [.clear, .draw(1), .draw(1), .draw(1)])
    #expect(seen("b").suffix(3) == [.draw(2), .draw(2), .draw(5)])
  }

  @Test("a reset clears the buffers and starts the clock anew")
  func reset() throws {
    let scene = try scene(#"{"PASSES": [{"TARGET": "a", "PERSISTENT": true}, {}]}"#, in: context)
    try scene.reset()
    for _ in 0..<2 { try scene.frame(time: 3) }
    try scene.reset()
    try scene.frame(time: 5)
    #expect(seen("a").suffix(2) == [.clear, .draw(5)])
    let last = try #require(gl.draws.last)
    #expect(last.uniforms["FRAMEINDEX"] == .int(0))
    #expect(last.uniforms["TIMEDELTA"] == .float(0))
  }

  @Test("two scenes in one context do not see each other's buffers")
  func twoScenes() throws {
    let header = #"{"PASSES": [{"TARGET": "a", "PERSISTENT": true}, {}]}"#
    let scenes = [try scene(header, in: context), try scene(header, in: context)]
    for _ in 0..<2 { for scene in scenes { try scene.frame() } }
    #expect(
      seen("a") == [
        .clear, .draw(1), .clear, .draw(3), .draw(1), .draw(5), .draw(3), .draw(7),
      ])
  }
}
