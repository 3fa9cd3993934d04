import Testing
import ZCColor
import ZCContext
import ZCCore
import ZCGL
import ZCTestSupport

@testable import ZCVideo

@Suite("pictures on the GPU")
struct PictureFrameTests {
  private let color = PictureColor(matrix: .bt709, isFullRange: false)
  /// Luma of 3 x 2 in rows of 6 bytes, chroma of 2 x 1 in a row of 6.
  private static let memory: [UInt8] = [
    10, 20, 30, 0, 0, 0, 40, 50, 60, 0, 0, 0, 1, 2, 3, 4, 0, 0,
  ]

  private func withPicture<R>(
    _ format: PictureFormat = .nv12, width: Int = 3, stride: Int = 6,
    _ body: (PicturePlanes) throws -> R
  ) throws -> R {
    try unsafe Self.memory.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { throw ZCError.badBuffer("none") }
      let start = unsafe stride < 0 ? base + 6 : base
      let luma = unsafe PicturePlanes.Plane(start, stride: stride, rows: 2, rowBytes: 6)
      let chroma = unsafe PicturePlanes.Plane(base + 12, stride: 6, rows: 1, rowBytes: 6)
      return try body(PicturePlanes(format, width: width, height: 2, planes: [luma, chroma]))
    }
  }

  @Test("planes go to textures as they lie, and one draw makes the picture of them")
  func drawn() throws {
    let gl = RecordingGL()
    let context = GPUContext(recording: gl)
    let frame = try withPicture {
      try $0.frame(color, Orientation(degrees: 90), in: context, by: .shader)
    }
    #expect(frame.record.extent == (try Extent(width: 2, height: 3, limit: 9)))
    #expect(!frame.record.isTopFirst)
    let draws = gl.state.withLock { $0.draws }
    #expect(draws.count == 1)
    #expect(draws.first?.samples["luma"] == .bytes([10, 20, 30, 40, 50, 60]))
    #expect(draws.first?.samples["cb"] == .bytes([1, 2, 3, 4]))
    #expect(draws.first?.target == frame.record.name)
    // By hand: a quarter clockwise, (x, y) of 3 x 2 shows at (1 - y, x) from the top, which is
    // (1 - y, 2 - x) from the bottom.
    #expect(draws.first?.uniforms["column"] == .vec3(0, -1, 2))
    #expect(draws.first?.uniforms["row"] == .vec3(-1, 0, 1))
    #expect(draws.first?.uniforms["chroma"] == .vec4(0, 0.5, 0.5, 0.5))
  }

  @Test("samples of P010, which has zero bits below them, are what the definition says")
  func shifted() throws {
    let gl = RecordingGL()
    let context = GPUContext(recording: gl)
    _ = try withPicture(.p010, width: 1) {
      try $0.frame(color, .upright, in: context, by: .shader)
    }
    // By hand: white is (940 << 6) / 65535 in the texture, black (64 << 6) / 65535.
    guard
      case .vec4(let scale, let blue, _, let plus)? = gl.state.withLock({ state in
        state.draws.first?.uniforms["toRed"]
      })
    else {
      Issue.record("nothing was drawn")
      return
    }
    #expect(blue == 0)
    let black = Double(scale) * Double(64 << 6) / 65535
    let white = Double(scale) * Double(940 << 6) / 65535
    // Cr of 512 is none: it adds as much as the constant takes away.
    let cr = 2 * (1 - 0.2126) * 512 / 896
    #expect(abs(black + Double(plus) + cr) < 1e-5)
    #expect(abs(white + Double(plus) + cr - 1) < 1e-5)
  }

  @Test("the program is built once a generation")
  func builtOnce() throws {
    let gl = RecordingGL()
    let context = GPUContext(recording: gl)
    for _ in 0..<3 {
      _ = try withPicture { try $0.frame(color, .upright, in: context, by: .shader) }
    }
    func built() -> Int {
      gl.state.withLock { $0.calls.count { if case .buildProgram = $0 { true } else { false } } }
    }
    #expect(built() == 1)
  }

  @Test("what the shader does not know, or the driver has no textures for, is converted on the CPU")
  func onTheCPU() throws {
    let context = GPUContext(recording: RecordingGL(hasNorm16: false))
    for (format, width) in [(PictureFormat.gray, 3), (.rgb24, 2), (.p010, 1)] {
      let frame = try withPicture(format, width: width) {
        try $0.frame(color, .upright, in: context, by: .shader)
      }
      #expect(frame.record.format == .rgba8)
    }
  }

  @Test("a plane is read as it lies, and turned over once for shaders")
  func planes() throws {
    let gl = RecordingGL()
    let context = GPUContext(recording: gl)
    let frame = try withPicture { try $0.plane(0, in: context) }
    #expect(frame.record.format == .r8)
    #expect(try unsafe [UInt8](frame.mapped().bytes) == [10, 20, 30, 40, 50, 60])
    let copies = try context.withCurrent { (current) throws(ZCError) in
      [try frame.sampled(current), try frame.sampled(current)]
    }
    #expect(copies[0] == copies[1] && copies[0].name != frame.record.name)
    let flips = gl.state.withLock { state in
      state.calls.count { if case .blit(_, _, flipped: true) = $0 { true } else { false } }
    }
    #expect(flips == 1)
  }

  @Test("rows that lie upside down are brought in order")
  func upsideDown() throws {
    let context = GPUContext(recording: RecordingGL())
    let frame = try withPicture(stride: -6) { try $0.plane(0, in: context) }
    #expect(try unsafe [UInt8](frame.mapped().bytes) == [40, 50, 60, 10, 20, 30])
  }

  @Test("a plane that there is not, or that no texture has, is an error")
  func refusals() throws {
    let context = GPUContext(recording: RecordingGL())
    for index in [-1, 2, Int.max] {
      #expect(throws: ZCError.self) { try withPicture { try $0.plane(index, in: context) } }
    }
    #expect(throws: ZCError.self) {
      try withPicture(.rgb24, width: 2) { try $0.plane(0, in: context) }
    }
    let plain = GPUContext(recording: RecordingGL(hasNorm16: false))
    #expect(throws: ZCError.self) {
      try withPicture(.p010, width: 1) { try $0.plane(0, in: plain) }
    }
  }
}
