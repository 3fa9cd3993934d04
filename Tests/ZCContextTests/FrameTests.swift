import Testing
import ZCCore
import ZCGL
import ZCTestSupport

@testable import ZCContext

@Suite("Frame")
struct FrameTests {
  /// Two rows of one pixel, the top one first.
  private let rows: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8]

  private func upload(to context: GPUContext) throws -> Frame {
    let extent = try extent(1, 2)
    return try unsafe withAddress(of: rows) { start in
      try Frame(
        try unsafe PixelSource(
          start, available: rows.count, rowStride: nil, channels: 4, isFloat: false,
          extent: extent), in: context)
    }
  }

  private func read(_ frame: Frame, rowStride: Int? = nil, into count: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 99, count: count)
    try unsafe bytes.withUnsafeMutableBytes { buffer in
      try frame.read(
        into: try unsafe Destination(
          buffer, rowStride: rowStride, extent: frame.record.extent, format: frame.record.format))
    }
    return bytes
  }

  @Test("a picture comes back as it went up", arguments: [true, false])
  func roundTrip(packReverse: Bool) throws {
    let gl = RecordingGL(packReverse: packReverse)
    let context = GPUContext(recording: gl)
    let frame = try upload(to: context)
    #expect(gl.picture(of: frame.record.name) == .bytes([5, 6, 7, 8, 1, 2, 3, 4]))
    #expect(try read(frame, into: 8) == rows)
    #expect(gl.objections.isEmpty)
  }

  @Test("rows are reversed by the driver where it can, else on the GPU", arguments: [true, false])
  func reverses(packReverse: Bool) throws {
    let gl = RecordingGL(packReverse: packReverse)
    let context = GPUContext(recording: gl)
    let frame = try upload(to: context)
    let name = frame.record.name
    let calls = try gl.calls { _ = try read(frame, into: 8) }
    #expect(calls.contains(.read(name, topFirst: true)) == packReverse)
    #expect(
      calls.contains { if case .blit(name, _, flipped: true) = $0 { true } else { false } }
        == !packReverse)
  }

  @Test("the picture that was turned over on the GPU is used again for the next")
  func turnedIsReused() throws {
    let gl = RecordingGL(packReverse: false)
    let context = GPUContext(recording: gl)
    let frame = try upload(to: context)
    for _ in 0..<5 { #expect(try read(frame, into: 8) == rows) }
    #expect(gl.liveTextures.count == 2)
  }

  @Test("rows in the caller's memory may lie apart, and nothing is written between them")
  func strides() throws {
    let context = GPUContext(recording: RecordingGL())
    #expect(
      try read(try upload(to: context), rowStride: 12, into: 16)
        == [1, 2, 3, 4, 99, 99, 99, 99, 99, 99, 99, 99, 5, 6, 7, 8])
  }

  @Test(
    "a buffer that does not fit is refused before anything is read",
    arguments: [
      (7, nil), (0, nil), (8, 3), (8, 6), (8, -4), (8, 8), (100, .max), (100, .min),
      (.max, .max - 3),
    ] as [(Int, Int?)])
  func refused(count: Int, rowStride: Int?) throws {
    var memory: [UInt8] = [0]
    let extent = try extent(1, 2)
    unsafe memory.withUnsafeMutableBytes { buffer in
      // Only the count is looked at.
      let start = buffer.baseAddress
      let claimed = unsafe UnsafeMutableRawBufferPointer(start: start, count: count)
      let error = #expect(throws: ZCError.self) {
        try unsafe Destination(claimed, rowStride: rowStride, extent: extent, format: .rgba8)
      }
      guard case .badBuffer? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  @Test("a buffer of another size or element type than the frame's is refused")
  func otherFormat() throws {
    let gl = RecordingGL()
    let context = GPUContext(recording: gl)
    let frame = try upload(to: context)
    var bytes = [UInt8](repeating: 0, count: 64)
    try unsafe bytes.withUnsafeMutableBytes { buffer in
      for (size, format) in [(try extent(1, 2), PixelFormat.rgba32Float), (.pixel, .rgba8)] {
        #expect(throws: ZCError.badBuffer("the buffer's size or element type is not the frame's")) {
          try frame.read(
            into: try unsafe Destination(buffer, rowStride: nil, extent: size, format: format))
        }
      }
    }
    #expect(!gl.calls.contains(.read(frame.record.name, topFirst: true)))
  }

  @Test("pixels are read once, and stay when the context is closed")
  func mapped() throws {
    let gl = RecordingGL()
    let context = GPUContext(recording: gl)
    let frame = try upload(to: context)
    let first = try frame.mapped()
    let calls = try gl.calls {
      let again = try frame.mapped()
      #expect(again === first)
    }
    #expect(calls == [])
    try context.close()
    #expect(try frame.mapped() === first)
    #expect(unsafe [UInt8](first.bytes) == rows)
  }

  @Test("a lease is a hold in any role but the GPU's")
  func leases() throws {
    let frame = try upload(to: GPUContext(recording: RecordingGL()))
    for role in Role.allCases where role != .gpu {
      let before = frame.holders.roles[role]
      let lease = try frame.lease(as: role)
      #expect(lease.role == role)
      #expect(frame.holders.roles[role] == before + 1)
    }
    #expect(throws: ZCError.self) { try frame.lease(as: .gpu) }
    #expect(frame.holders.roles[.gpu] == 0)
  }

  @Test("a lease of an ended generation is refused")
  func staleLease() throws {
    let context = GPUContext(recording: RecordingGL())
    let frame = try upload(to: context)
    try context.reinitialize()
    #expect(throws: ZCError.staleGeneration(held: .first, current: Generation.first.next)) {
      try frame.lease(as: .cache)
    }
    #expect(frame.holders.roles[.cache] == 0)
  }

  @Test("who has let go may still ask who holds")
  func holders() throws {
    let context = GPUContext(recording: RecordingGL())
    var frame: Frame? = try upload(to: context)
    let holders = try #require(frame?.holders)
    var lease: Frame? = try #require(try frame?.lease(as: .decoder))
    var view: FrameView? = try #require(try frame?.view())
    frame = nil
    #expect(holders.roles[.presenter] == 0)
    #expect(holders.roles[.decoder] == 1)
    #expect(holders.viewCount == 1)
    #expect(unsafe [UInt8](try #require(view).pixels.bytes) == rows)
    view = nil
    lease = nil
    #expect(holders.roles.isClosed)
    #expect(holders.viewCount == 0)
    _ = (lease, view)
  }

  @Test("a view keeps its pixels when texture and context have gone")
  func view() throws {
    let gl = RecordingGL()
    var view: FrameView?
    do {
      let context = GPUContext(recording: gl)
      view = try upload(to: context).view()
      try context.close()
    }
    #expect(unsafe [UInt8](try #require(view).pixels.bytes) == rows)
  }

  @Test("a shared frame keeps the texture when the first one goes")
  func shared() throws {
    let gl = RecordingGL()
    let context = GPUContext(recording: gl)
    var first: Frame? = try upload(to: context)
    let second = try #require(first?.share(as: .cache))
    first = nil
    for _ in 0..<2 { try context.turnOnce() }
    #expect(try context.frame(try extent(1, 2)).record.name != second.record.name)
    #expect(try read(second, into: 8) == rows)
  }

  @Test("an upload that fails leaves nothing behind")
  func uploadFails() throws {
    let gl = RecordingGL()
    let context = GPUContext(recording: gl)
    gl.failTextures(.outOfMemory)
    #expect(throws: ZCError.self) { try upload(to: context) }
    #expect(gl.liveNames == 0)
    gl.failTextures(nil)
    #expect(try read(try upload(to: context), into: 8) == rows)
  }
}
