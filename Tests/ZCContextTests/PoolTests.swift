import Testing
import ZCCore
import ZCGL
import ZCTestSupport

@testable import ZCContext

@Suite("Pool")
struct PoolTests {
  private typealias Tally = PoolStatistics.Tally

  private let gl = RecordingGL()
  private let context: GPUContext
  /// For two frames of 4 x 4 bytes.
  private let pool: Pool

  init() throws {
    context = GPUContext(recording: gl)
    pool = try Pool(of: context, budget: 128)
  }

  private func frame(_ width: Int64 = 4, label: String? = nil) throws -> Frame {
    try pool.frame(try extent(width, 4), .rgba8, label: label)
  }

  @Test("a frame of a pool is transparent black, and counted to the byte")
  func frames() throws {
    let kept = try frame()
    #expect(gl.picture(of: kept.record.name) == .clear)
    #expect(try pool.statistics().live == Tally(count: 1, bytes: 64))
    let floats = try Pool(of: context, budget: 4000)
    let other = try floats.frame(try extent(5, 3), .rgba32Float, label: nil)
    #expect(try floats.statistics().live == Tally(count: 1, bytes: 5 * 3 * 16))
    #expect(other.isUsable)
    #expect(try Pool(of: context).statistics().usedBytes == 0)
  }

  @Test("a full pool refuses, names who holds what, and asks the driver for nothing")
  func refuses() throws {
    let first = try frame(label: "left")
    let cached = try frame().share(as: .cache)
    let calls = gl.calls
    #expect(
      throws: ZCError.poolExhausted(
        "the pool has no room for 4 x 4 uint8 (64 bytes): of its budget of 128 bytes, 128 are held "
          + "(1 frame of 4 x 4 uint8 'left', 64 bytes, presenter; 1 frame of 4 x 4 uint8, "
          + "64 bytes, cache). Close some of them, or give the pool a larger budget")
    ) { try frame() }
    #expect(gl.calls.dropFirst(calls.count).allSatisfy { !$0.isDeletion })
    #expect(gl.liveTextures.count == 2)
    #expect(first.isUsable && cached.isUsable)
  }

  @Test("what is larger than the whole budget is refused at once")
  func never() throws {
    #expect(
      throws: ZCError.poolExhausted(
        "9 x 4 uint8 (144 bytes) is more than the pool's whole budget of 128 bytes; give it a "
          + "larger one")
    ) { try frame(9) }
  }

  @Test("a full pool waits for the GPU to finish with what was dropped, and takes that again")
  func waits() throws {
    gl.holdFences()
    let kept = try frame()
    var dropped: Frame? = try frame()
    let name = try #require(dropped?.record.name)
    dropped = nil
    #expect(try pool.statistics().retiring == Tally(count: 1, bytes: 64))
    let next = try frame()
    #expect(gl.calls.contains(.waitForFence(1)))
    #expect(next.record.name == name)
    #expect(gl.liveTextures.count == 2)
    #expect(kept.isUsable)
  }

  @Test("what only the GPU still holds is waited for")
  func waitsForHolds() throws {
    gl.holdFences()
    let kept = try frame()
    var dropped: Frame? = try frame()
    let name = try #require(dropped?.record.name)
    try context.withCurrent { (current) throws(ZCError) in try dropped?.lendToGPU(current) }
    dropped = nil
    #expect(try pool.holdings().contains { $0.roles == [.gpu: 1] })
    #expect(try frame().record.name == name)
    #expect(kept.isUsable)
  }

  @Test("a GPU that does not finish is waited for once, and told")
  func hung() throws {
    gl.holdFences()
    gl.state.withLock { $0.isHung = true }
    let kept = try frame()
    _ = try frame()
    let error = #expect(throws: ZCError.self) { try frame() }
    #expect("\(try #require(error))".contains("the GPU has yet to finish with 64 bytes"))
    #expect(gl.calls.count { $0 == .waitForFence(1) } == 1)
    #expect(gl.liveTextures.count == 2)
    #expect(kept.isUsable)
  }

  @Test("a fence of which the driver cannot say anything gives no texture back")
  func failedFence() throws {
    gl.state.withLock { $0.failedFences = [1] }
    let kept = try frame()
    _ = try frame()
    #expect(throws: ZCError.self) { try frame() }
    try pool.cleanUp()
    #expect(gl.liveTextures.count == 2)
    #expect(try pool.statistics().retiring == Tally(count: 1, bytes: 64))
    #expect(kept.isUsable)
  }

  @Test("idle textures leave for one of another size, the oldest first")
  func evicts() throws {
    let small = try Pool(of: context, budget: 3 * 64)
    do {
      let frames = try (0..<3).map { _ in try small.frame(try extent(4, 4), .rgba8, label: nil) }
      #expect(frames.count == 3)
    }
    try context.turnOnce()
    let oldest = try #require(gl.liveTextures.first)
    let large = try small.frame(try extent(5, 4), .rgba8, label: nil)
    #expect(!gl.liveTextures.contains(oldest))
    #expect(try small.statistics().idle == Tally(count: 1, bytes: 64))
    #expect(try small.statistics().evictions == 2)
    #expect(large.isUsable)
  }

  @Test("housekeeping deletes what was idle for more than its limit of calls")
  func housekeeping() throws {
    _ = try frame()
    for _ in 0..<Pool.idleLimit { #expect(try pool.housekeep() == 0) }
    #expect(gl.liveTextures.count == 1)
    #expect(try pool.housekeep() == 1)
    #expect(gl.liveTextures == [])
  }

  @Test("purging deletes what is idle, and leaves what the GPU may read")
  func purges() throws {
    gl.holdFences()
    _ = try frame()
    #expect(try pool.purge() == 0)
    #expect(gl.liveTextures.count == 1)
    gl.signalAll()
    #expect(try pool.purge() == 1)
    #expect(gl.liveTextures == [])
  }

  @Test("cleaning up waits for the GPU, and leaves what is held")
  func cleansUp() throws {
    gl.holdFences()
    let kept = try frame()
    _ = try frame()
    try pool.cleanUp()
    #expect(gl.liveTextures == [kept.record.name])
    #expect(try pool.statistics().usedBytes == 64)
    #expect(try pool.holdings().map(\.count) == [1])
  }

  @Test("forced cleaning up leaves what is held to its holders, and does not take it back")
  func forces() throws {
    var kept: Frame? = try frame()
    let name = try #require(kept?.record.name)
    try pool.forceCleanUp()
    #expect(gl.liveTextures == [name])
    #expect(kept?.isUsable == true)
    #expect(try pool.statistics().orphaned == Tally(count: 1, bytes: 64))
    #expect(throws: ZCError.self) { try frame(5) }  // it still counts
    kept = nil
    try context.turnOnce()
    #expect(gl.liveTextures == [])
    #expect(try frame().record.name != name)
  }

  @Test(
    "a pool that is given up deletes what is idle, and later what is held, calling no GL itself")
  func givenUp() throws {
    var pool: Pool? = try Pool(of: context, budget: 128)
    var kept: Frame? = try pool?.frame(try extent(4, 4), .rgba8, label: nil)
    _ = try pool?.frame(try extent(4, 4), .rgba8, label: nil)
    try context.turnOnce()
    gl.whileFinalising { pool = nil }
    #expect(gl.liveTextures.count == 2)
    try context.turnOnce()
    #expect(gl.liveTextures == [try #require(kept?.record.name)])
    gl.whileFinalising { kept = nil }
    try context.turnOnce()
    #expect(gl.liveTextures == [])
  }

  @Test("a new generation starts with empty books; what is older counts nowhere")
  func generations() throws {
    var old: Frame? = try frame()
    _ = try frame()
    try context.turnOnce()
    try context.reinitialize()
    #expect(try pool.statistics() == PoolStatistics(budget: 128))
    let fresh = try frame()
    old = nil
    #expect(old == nil)
    #expect(try pool.statistics().usedBytes == 64)
    #expect(try pool.statistics().misses == 1)
    #expect(fresh.isUsable)
  }

  @Test("a pool of a closed or lost context is empty, and lends nothing")
  func closed() throws {
    let kept = try frame()
    try context.simulateLoss()
    #expect(try pool.statistics() == PoolStatistics(budget: 128))
    #expect(throws: ZCError.self) { try frame() }
    try context.close()
    #expect(try pool.holdings() == [])
    #expect(throws: ZCError.self) { try pool.purge() }
    #expect(throws: ZCError.self) { try Pool(of: context, budget: 1) }
    #expect(!kept.isUsable)
  }

  @Test("a driver without memory has everything idle deleted before it is asked once more")
  func driverMemory() throws {
    _ = try frame()
    _ = try context.frame(try extent(7, 7))
    try context.turnOnce()
    gl.failTextures(.outOfMemory)
    let known = gl.calls.count
    #expect(throws: ZCError.outOfMemory("the driver has no memory for 2 x 2 pixels of 4 bytes")) {
      try context.frame(try extent(2, 2))
    }
    let creations = gl.calls.dropFirst(known).count {
      if case .createTexture = $0 { true } else { false }
    }
    #expect(creations == 2)
    #expect(gl.liveTextures == [])
    #expect(try pool.statistics().usedBytes == 0)
    #expect(try Pool(of: context).statistics().usedBytes == 0)
    gl.failTextures(nil)
    #expect(try context.frame(try extent(2, 2)).isUsable)
  }

  @Test("a context keeps to the budget that it is given")
  func ownBudget() throws {
    let context = GPUContext(recording: RecordingGL(), poolBudget: 64)
    let kept = try context.frame(try extent(4, 4))
    #expect(throws: ZCError.self) { try context.frame(.pixel) }
    #expect(kept.isUsable)
  }

  @Test("a context that is dropped open with dropped textures keeps no pool")
  func noCycle() throws {
    weak var stock: Stock?
    do {
      let context = GPUContext(recording: RecordingGL())
      stock = context.stock
      _ = try context.frame(.pixel)
      #expect(stock != nil)
    }
    #expect(stock == nil)
  }
}
