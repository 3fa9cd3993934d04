import Testing
import ZCCore
import ZCGL
import ZCTestSupport

@testable import ZCContext

@Suite("cubes")
struct CubeTests {
  private let gl = RecordingGL()
  private let context: GPUContext

  init() { context = GPUContext(recording: gl) }

  private func face(_ value: UInt8, side: Int64 = 2) throws -> Frame {
    let extent = try Extent(width: side, height: side, limit: 64)
    let bytes = [UInt8](repeating: value, count: extent.pixelCount * 4)
    return try unsafe withAddress(of: bytes) { start in
      try Frame(
        try unsafe PixelSource(
          start, available: bytes.count, rowStride: nil, channels: 4, isFloat: false,
          extent: extent), in: context)
    }
  }

  @Test("each side shows its picture, turned over, and reads as it was")
  func sides() throws {
    let faces = try (1...6).map { try face(UInt8($0)) }
    let cube = try Frame(cubeOf: faces, in: context)
    let pictures = try #require(gl.picture(of: cube.record.name)?.faces)
    #expect(pictures == faces.map { .flipped(gl.picture(of: $0.record.name) ?? .undefined) })
    let pixels = try cube.mapped()
    #expect(unsafe Array(pixels.bytes) == (1...6).flatMap { [UInt8](repeating: $0, count: 16) })
    #expect(cube.record.bytes == 6 * 16)
  }

  @Test("a dropped cube serves the next cube of its size, and no picture")
  func reuse() throws {
    let faces = try (1...6).map { try face(UInt8($0)) }
    var cube: Frame? = try Frame(cubeOf: faces, in: context)
    let name = cube?.record.name
    gl.whileFinalising { cube = nil }
    for _ in 0..<2 { try context.withCurrent { (_) throws(ZCError) in } }
    #expect(try face(7).record.name != name)
    #expect(try Frame(cubeOf: faces, in: context).record.name == name)
  }

  @Test("a cube for which there is no memory leaves nothing behind")
  func memory() throws {
    let faces = try (1...6).map { try face(UInt8($0)) }
    let names = gl.liveNames
    gl.failTextures(.outOfMemory)
    #expect(throws: ZCError.self) { try Frame(cubeOf: faces, in: context) }
    #expect(gl.liveNames == names)
    gl.failTextures(nil)
    _ = try Frame(cubeOf: faces, in: context)
  }

  @Test("a cube that cannot be filled is given back")
  func filling() throws {
    let faces = try (1...6).map { try face(UInt8($0)) }
    try context.reinitialize()
    let fresh = try (1...3).map { try face(UInt8($0)) }
    #expect(throws: ZCError.self) {
      try Frame(cubeOf: fresh + Array(faces.prefix(3)), in: context)
    }
    for _ in 0..<2 { try context.withCurrent { (_) throws(ZCError) in } }
    #expect(try Pool(of: context).statistics().live.count == 3)
  }

  @Test("the GPU holds the sides until it has copied them")
  func lent() throws {
    gl.holdFences()
    let faces = try (1...6).map { try face(UInt8($0)) }
    let cube = try Frame(cubeOf: faces, in: context)
    try context.withCurrent { (_) throws(ZCError) in }
    #expect(faces.allSatisfy { $0.holders.roles[.gpu] == 1 })
    gl.signalAll()
    try context.withCurrent { (_) throws(ZCError) in }
    #expect(faces.allSatisfy { $0.holders.roles[.gpu] == 0 })
    #expect(cube.holders.roles[.gpu] == 0)
  }

  @Test("a blank cube is black on all sides, and made once")
  func blank() throws {
    let first = try context.withCurrent { (now) throws(ZCError) in
      try context.blank(isCube: true, now)
    }
    let again = try context.withCurrent { (now) throws(ZCError) in
      try context.blank(isCube: true, now)
    }
    #expect(first == again)
    #expect(gl.picture(of: first.name)?.faces == Array(repeating: .clear, count: 6))
    let flat = try context.withCurrent { (now) throws(ZCError) in try context.blank(now) }
    #expect(flat.name != first.name)
  }
}
