import Testing
import ZCContext
import ZCCore
import ZCGL
import ZCTestSupport

@testable import ZCRender

@Suite("a scene's images")
struct SceneImageTests {
  private let gl = RecordingGL()
  private let context: GPUContext
  private let header = """
    {"INPUTS": [{"NAME": "a", "TYPE": "image"}, {"NAME": "b", "TYPE": "image"}]}
    """

  init() { context = GPUContext(recording: gl) }

  @Test("an image that is not set is one transparent black pixel")
  func unset() throws {
    try scene(header, in: context).frame()
    let draw = try #require(gl.draws.first)
    #expect(draw.samples == ["a": .clear, "b": .clear])
    #expect(draw.sampled["a"] == draw.sampled["b"])
  }

  @Test("each image reads the frame it was set to", arguments: [[0, 1], [0], [1], []])
  func set(indices: [Int]) throws {
    let scene = try scene(header, in: context)
    let frames = [try context.clearFrame(), try context.clearFrame()]
    for index in indices { try scene.set(index, to: .frame(frames[index])) }
    for _ in 0..<2 { try scene.frame() }
    for draw in gl.draws {
      for (index, name) in ["a", "b"].enumerated() {
        let isRead = draw.sampled[name] == frames[index].record.name
        #expect(isRead == indices.contains(index), "image \(name) of frame \(draw.number)")
      }
    }
  }

  @Test("a scene may be shown its own last frame")
  func feedback() throws {
    let scene = try scene(header, in: context)
    for number in 1...4 {
      let frame = try scene.frame()
      try scene.set(0, to: .frame(frame))
      #expect(gl.picture(of: frame.record.name) == .draw(number))
    }
    #expect(gl.draws.map { $0.samples["a"] } == [.clear, .draw(1), .draw(2), .draw(3)])
  }

  @Test("a scene keeps its image when the caller drops it, and lets it go when it is set anew")
  func keeps() throws {
    let scene = try scene(header, in: context)
    var frame: Frame? = try context.clearFrame()
    let name = try #require(frame?.record.name)
    try scene.set(0, to: .frame(try #require(frame)))
    frame = nil
    for _ in 0..<3 { try scene.frame() }
    #expect(gl.draws.last?.sampled["a"] == name)
    try scene.set(0, to: .none)
    for _ in 0..<2 { try scene.frame() }
    #expect(try context.clearFrame().record.name == name)
  }

  @Test("the GPU holds an image from each draw that reads it to that draw's fence")
  func lent() throws {
    gl.holdFences()
    let scene = try scene(header, in: context)
    let frame = try context.clearFrame()
    try scene.set(0, to: .frame(frame))
    for count in 1...3 {
      try scene.frame()
      #expect(frame.holders.roles[.gpu] == UInt32(count))
    }
    try scene.set(0, to: .none)
    #expect(frame.holders.roles[.cache] == 0)
    gl.signal([try #require(gl.liveFences.first)])
    try scene.frame()
    #expect(frame.holders.roles[.gpu] == 2)
    gl.signalAll()
    try scene.frame()
    #expect(frame.holders.roles[.gpu] == 0)
    #expect(frame.holders.roles[.presenter] == 1)
  }

  @Test("a draw without images takes no hold, and inserts no fence for one")
  func nothingLent() throws {
    let scene = try scene("{}", in: context)
    let frame = try scene.frame()
    #expect(try !gl.calls { try scene.frame() }.contains(.insertFence(1)))
    #expect(frame.holders.roles[.gpu] == 0)
  }

  @Test("a draw that fails after it took its images lets them go with its fence")
  func lentInVain() throws {
    let scene = try scene(header, in: context)
    let frame = try context.clearFrame()
    try scene.set(0, to: .frame(frame))
    gl.state.withLock { $0.drawError = 0x0502 }
    #expect(throws: ZCError.self) { try scene.frame() }
    try scene.frame()
    #expect(frame.holders.roles[.gpu] == 0)
  }

  @Test("an image for one frame is that frame's alone")
  func own() throws {
    let scene = try scene(header, in: context)
    let frame = try context.clearFrame()
    try scene.frame(inputs: [(1, .frame(frame))])
    try scene.frame()
    #expect(gl.draws.map { $0.sampled["b"] == frame.record.name } == [true, false])
  }

  @Test("an image that the shader does not look at takes no texture unit")
  func unused() throws {
    gl.state.withLock { $0.unusedUniforms = ["a"] }
    let scene = try scene(header, in: context)
    try scene.set(0, to: .frame(try context.clearFrame()))
    try scene.frame()
    #expect(gl.draws.first?.sampled.keys.sorted() == ["b"])
  }
}
