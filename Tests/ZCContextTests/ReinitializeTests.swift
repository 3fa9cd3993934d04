import Testing
import ZCCore
import ZCGL
import ZCTestSupport

@testable import ZCContext

@Suite("re-initialising a context")
struct ReinitializeTests {
  private let first = RecordingGL()
  private let second = RecordingGL()
  private let context: GPUContext

  init() {
    let second = second
    context = GPUContext(driver: first) { () throws(ZCError) in second }
  }

  @Test("ends the generation and its driver context, and starts the next")
  func generations() throws {
    #expect(context.phase == .live(.first))
    try context.reinitialize()
    #expect(context.phase == .live(Generation.first.next))
    #expect(first.calls.last == .destroyContext)
    #expect(!second.calls.contains(.destroyContext))
    #expect(context.isOpen)
  }

  @Test("makes what is older stale: using it throws, naming both generations")
  func stale() throws {
    let frame = try context.frame(try extent(4, 4))
    try context.reinitialize()
    #expect(!frame.isUsable)
    #expect(
      throws: ZCError.staleGeneration(held: .first, current: Generation.first.next)
    ) { try frame.mapped() }
  }

  @Test("deletes nothing of the ended generation in the new one, where names are used again")
  func nothingDeleted() throws {
    var frame: Frame? = try context.frame(try extent(4, 4))
    let kept = try #require(frame?.record.name)
    try context.reinitialize()
    let fresh = try context.frame(try extent(4, 4))
    #expect(fresh.record.name == kept)  // a recorder counts its names from the same start
    frame = nil
    try context.turnOnce()
    try context.turnOnce()
    #expect(second.liveTextures.contains(fresh.record.name))
    // Nor is the name lent a second time, as it would be from the idle pool.
    #expect(try context.frame(try extent(4, 4)).record.name != fresh.record.name)
    #expect(fresh.isUsable)
  }

  @Test("lends nothing idle of the ended generation to the new one")
  func nothingIdleCrosses() throws {
    var frame: Frame? = try context.frame(try extent(4, 4))
    frame = nil
    try context.turnOnce()
    try context.turnOnce()
    _ = frame
    try context.reinitialize()
    let fresh = try context.frame(try extent(4, 4))
    #expect(second.liveTextures == [fresh.record.name])
  }

  @Test("recovers from a loss")
  func recovers() throws {
    try context.simulateLoss()
    #expect(throws: ZCError.self) { try context.turnOnce() }
    try context.reinitialize()
    try context.turnOnce()
    #expect(context.phase == .live(Generation.first.next))
  }

  @Test("changes nothing where no driver can be had")
  func refused() throws {
    let context = GPUContext(driver: RecordingGL()) { () throws(ZCError) in
      throw .noDisplay("none left")
    }
    let frame = try context.frame(try extent(2, 2))
    #expect(throws: ZCError.noDisplay("none left")) { try context.reinitialize() }
    #expect(context.phase == .live(.first))
    #expect(frame.isUsable)
    try context.turnOnce()
  }

  @Test("is refused once the context is closed")
  func closed() throws {
    try context.close()
    #expect(throws: ZCError.self) { try context.reinitialize() }
    #expect(!context.isOpen)
  }

  @Test("goes on inside a batch, with the host's own context back at its end")
  func insideABatch() throws {
    try context.beginBatch()
    try context.reinitialize()
    try context.turnOnce()
    #expect(second.isCurrent)
    try context.endBatch()
    #expect(!second.isCurrent)
  }
}
