import Testing
import ZCCore
import ZCGL
import ZCTestSupport

@testable import ZCContext

@Suite("What a context tells without being asked", .serialized)
struct ContextLogTests {
  private let gl = RecordingGL()
  private let context: GPUContext

  init() { context = GPUContext(recording: gl) }

  /// The lines about this context; those of others are taken away with them.
  private func warnings() -> [String] {
    var lines: [String] = []
    while let line = ZCCore.Log.shared.take() { lines.append(line.text) }
    return lines.filter { $0.contains("context \(context.serial)") }
  }

  private func makeTexture(_ width: Int32) throws {
    try context.withCurrent { (current) throws(ZCError) in
      _ = try context.makeTexture(
        try Extent(width: Int64(width), height: 1, limit: 4096), .rgba8, current)
    }
  }

  @Test("that the driver has no memory is told once, and again after it had some")
  func memory() throws {
    for _ in 0..<2 {
      gl.failTextures(.outOfMemory)
      for width in 1...100 as ClosedRange<Int32> {
        #expect(throws: ZCError.self) { try makeTexture(width) }
      }
      #expect(
        warnings().filter { $0.contains("has no memory for a texture of 4 bytes") }.count == 1)
      gl.failTextures(nil)
      try makeTexture(200)
      #expect(warnings() == [])
    }
  }
}
