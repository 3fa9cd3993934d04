import Testing
import ZCContext
import ZCCore
import ZCGL
import ZCTestSupport

@testable import ZCRender

@Suite("a scene's imports")
struct SceneImportTests {
  private let gl = RecordingGL()
  private let context: GPUContext
  private let header = #"{"IMPORTED": {"noise": {"PATH": "noise.png"}}}"#
  private let sky = """
    {"IMPORTED": {"sky": {"TYPE": "cube", "PATH": ["a", "b", "c", "d", "e", "f"]}}}
    """

  init() { context = GPUContext(recording: gl) }

  private func picture(_ value: UInt8) throws -> Frame {
    let extent = try extent(2, 2)
    let bytes = [UInt8](repeating: value, count: 16)
    return try unsafe bytes.withUnsafeBytes { bytes in
      try Frame(try unsafe PixelSource(bytes, extent, .rgba8), in: context)
    }
  }

  @Test("a shader reads the picture that it was given, and keeps it")
  func given() throws {
    let importing = try scene(header, in: context)
    var frame: Frame? = try picture(7)
    let name = try #require(frame?.record.name)
    try importing.setImport(0, to: try #require(frame))
    frame = nil
    for _ in 0..<3 { try importing.frame() }
    #expect(gl.draws.allSatisfy { $0.sampled["noise"] == name })
  }

  @Test("a picture that was never given is an error; one that nobody looks at is none")
  func missing() throws {
    let importing = try scene(header, in: context)
    let error = #expect(throws: ZCError.self) { try importing.frame() }
    #expect(caseName(error) == "invalidArgument")
    #expect("\(String(describing: error))".contains("'noise' was never given"))
    gl.state.withLock { $0.unusedUniforms = ["noise"] }
    try scene(header, in: context).frame()
  }

  @Test("the next generation shows the same pictures and cubes, made once")
  func again() throws {
    let (gl, fresh) = (RecordingGL(), RecordingGL())
    let context = GPUContext(driver: gl, poolBudget: nil) { () throws(ZCError) in fresh }
    let bytes = (0..<16).map { UInt8($0) }
    let extent = try extent(2, 2)
    let frame = try unsafe bytes.withUnsafeBytes { bytes in
      try Frame(try unsafe PixelSource(bytes, extent, .rgba8), in: context)
    }
    let flat = try scene(header, in: context)
    let around = try scene(sky, in: context)
    try flat.setImport(0, to: frame)
    try around.setImport(0, to: try Frame(cubeOf: Array(repeating: frame, count: 6), in: context))
    for scene in [flat, around] { try scene.frame() }
    let before = gl.draws.map { $0.samples["noise"] ?? $0.samples["sky"] }
    try context.reinitialize()
    for _ in 0..<2 { for scene in [flat, around] { try scene.frame() } }
    #expect(fresh.draws.map { $0.samples["noise"] ?? $0.samples["sky"] } == before + before)
    #expect(fresh.draws[0].sampled == fresh.draws[2].sampled)
    #expect(fresh.draws[1].sampled == fresh.draws[3].sampled)
  }

  @Test("a dropped scene gives its pictures back")
  func dropped() throws {
    var importing: Scene? = try scene(header, in: context)
    try importing?.setImport(0, to: try picture(7))
    try importing?.frame()
    gl.whileFinalising { importing = nil }
    for _ in 0..<2 { try context.withCurrent { (_) throws(ZCError) in } }
    #expect(try Pool(of: context).statistics().live.count == 0)
    #expect(gl.livePrograms == [])
  }

  @Test("what does not fit is refused: cubes, other contexts' pictures, imports that are not there")
  func refused() throws {
    let flat = try scene(header, in: context)
    let around = try scene(sky, in: context)
    let frame = try picture(1)
    let cube = try Frame(cubeOf: Array(repeating: frame, count: 6), in: context)
    let other = GPUContext(recording: RecordingGL())
    let foreign = try other.clearFrame()
    for (scene, index, offered, name) in [
      (flat, 0, cube, "wrongType"), (around, 0, frame, "wrongType"),
      (flat, 0, foreign, "wrongContext"), (flat, 1, frame, "invalidArgument"),
      (flat, -1, frame, "invalidArgument"),
    ] {
      let error = #expect(throws: ZCError.self) { try scene.setImport(index, to: offered) }
      #expect(caseName(error) == name)
    }
    #expect(throws: ZCError.self) { try flat.frame() }
  }
}
