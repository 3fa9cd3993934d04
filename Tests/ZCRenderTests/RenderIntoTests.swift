import Testing
import ZCContext
import ZCCore
import ZCGL
import ZCTestSupport

@testable import ZCRender

@Suite("rendering into memory")
struct RenderIntoTests {
  private let gl = RecordingGL()
  private let context: GPUContext

  init() { context = GPUContext(recording: gl) }

  private func render(_ scene: Scene, _ format: PixelFormat = .rgba8) throws -> [UInt8] {
    let size = try extent(2, 2)
    var memory = [UInt8](repeating: 99, count: 4 * format.bytesPerPixel)
    try unsafe memory.withUnsafeMutableBytes { bytes in
      try scene.render(
        RenderRequest(width: 2, height: 2),
        into: try unsafe Destination(bytes, rowStride: nil, extent: size, format: format))
    }
    return memory
  }

  @Test("the picture arrives in the memory that was given")
  func arrives() throws {
    let scene = try scene("{}", in: context)
    #expect(try render(scene) == [UInt8](repeating: 1, count: 16))
    #expect(try render(scene) == [UInt8](repeating: 2, count: 16))
  }

  @Test("the next frame of the same size makes no texture")
  func kept() throws {
    let scene = try scene("{}", in: context)
    _ = try render(scene)
    let made = try gl.calls { _ = try render(scene) }.contains {
      if case .createTexture = $0 { true } else { false }
    }
    #expect(!made)
  }

  @Test("the memory's element type is the one that is drawn in")
  func floats() throws {
    let scene = try scene("{}", in: context)
    _ = try render(scene)
    #expect(try render(scene, .rgba32Float) == [UInt8](repeating: 2, count: 64))
    #expect(try render(scene) == [UInt8](repeating: 3, count: 16))
  }

  @Test("a frame handed out is not drawn into by the next")
  func handedOut() throws {
    let scene = try scene("{}", in: context)
    let frame = try scene.render(RenderRequest(width: 2, height: 2))
    _ = try render(scene)
    _ = try scene.render(RenderRequest(width: 2, height: 2))
    #expect(gl.picture(of: frame.record.name) == .draw(1))
  }
}
