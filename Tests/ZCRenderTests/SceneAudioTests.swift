import Testing
import ZCAudio
import ZCContext
import ZCCore
import ZCGL
import ZCTestSupport

@testable import ZCRender

@Suite("a scene's sounds")
struct SceneAudioTests {
  private let gl = RecordingGL()
  private let context: GPUContext
  private let header = """
    {"INPUTS": [{"NAME": "a", "TYPE": "audio", "MAX": 4}, {"NAME": "f", "TYPE": "audioFFT"},
      {"NAME": "i", "TYPE": "image"}]}
    """

  init() { context = GPUContext(recording: gl) }

  private func sound(_ samples: [Float], channels: Int = 1) throws -> Audio {
    try unsafe samples.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { throw ZCError.badBuffer("none") }
      return try Audio(
        unsafe SampleSource(
          start, available: bytes.count, format: .float32, rate: 1000,
          channels: Int64(channels), count: Int64(samples.count / channels),
          channelStride: Int64(samples.count / channels * 4), sampleStride: 4))
    }
  }

  private func uploads(_ body: () throws -> Void) rethrows -> Int {
    try gl.calls(during: body).filter { if case .upload = $0 { true } else { false } }.count
  }

  @Test("a sound is uploaded when it is another, or more of it has been heard, and else not")
  func changes() throws {
    let scene = try scene(header, in: context)
    #expect(try uploads { try scene.frame() } == 2)
    #expect(try uploads { try scene.frame(time: 5) } == 0)
    try scene.set(0, to: .audio(try sound([1, 2, 3, 4])))
    #expect(try uploads { try scene.frame() } == 1)
    #expect(try uploads { try scene.frame() } == 0)
    #expect(try uploads { try scene.frame(time: 0.0001) } == 0)
    #expect(try uploads { try scene.frame(time: 0.001) } == 1)
    try scene.set(0, to: .audio(try sound([1, 2, 3, 4])))
    #expect(try uploads { try scene.frame(time: 0.001) } == 1)
    try scene.set(0, to: .none)
    #expect(try uploads { try scene.frame(time: 0.001) } == 1)
  }

  @Test("a sound that the shader does not look at is never uploaded")
  func unused() throws {
    gl.state.withLock { $0.unusedUniforms = ["a", "f"] }
    let scene = try scene(header, in: context)
    try scene.set(0, to: .audio(try sound([1, 2, 3, 4])))
    #expect(try uploads { try scene.frame(time: 1) } == 0)
  }

  @Test("sounds and images are each read from their own texture, in every frame")
  func textures() throws {
    let scene = try scene(header, in: context)
    let picture = try context.clearFrame()
    try scene.set(2, to: .frame(picture))
    for time in [0.0, 1, 2] {
      try scene.set(0, to: .audio(try sound([Float(time), 1, 1])))
      try scene.frame(time: time)
    }
    let read = gl.draws.map { [$0.sampled["a"], $0.sampled["f"], $0.sampled["i"]] }
    #expect(read.allSatisfy { Set($0).count == 3 && $0[2] == picture.record.name })
    #expect(Set(read.map { $0[0] }).count == 1)
  }

  @Test("what could not be uploaded is uploaded by the next frame")
  func failure() throws {
    let scene = try scene(header, in: context)
    try scene.frame()
    try scene.set(0, to: .audio(try sound([1, 2, 3, 4], channels: 2)))
    gl.state.withLock {
      $0.fault = .outOfMemory
      $0.texturesBeforeFault = 0
    }
    #expect(throws: ZCError.self) { try scene.frame(time: 1) }
    gl.state.withLock { $0.fault = nil }
    #expect(try uploads { try scene.frame(time: 1) } == 1)
  }

  @Test("a driver that cannot draw into floats shows sounds in bytes")
  func bytes() throws {
    let gl = RecordingGL(hasFloatTargets: false)
    let scene = try scene(
      #"{"INPUTS": [{"NAME": "a", "TYPE": "audio", "MAX": 1024}]}"#,
      in: GPUContext(recording: gl))
    try scene.set(0, to: .audio(try sound([1, -1, 0.2, 7])))
    try scene.frame(time: 0.004)
    let name = try #require(gl.draws.first?.sampled["a"])
    guard case .bytes(let pixels)? = gl.picture(of: name) else {
      Issue.record("nothing was uploaded")
      return
    }
    let last = pixels.suffix(16).map { $0 }
    #expect(last == [255, 255, 255, 255, 0, 0, 0, 255, 153, 153, 153, 255, 255, 255, 255, 255])
  }

  @Test("a scene that goes gives its sounds' textures to the pool")
  func dropped() throws {
    var scene: Scene? = try scene(header, in: context)
    try scene?.frame()
    let pool = Pool(of: context)
    #expect(try pool.holdings().filter { $0.use == .audio }.map(\.count).reduce(0, +) == 2)
    scene = nil
    try pool.cleanUp()
    #expect(try pool.statistics().live.count == 0)
  }
}
