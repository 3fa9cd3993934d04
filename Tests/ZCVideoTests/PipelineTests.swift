import Testing
import ZCContext
import ZCCore
import ZCGL
import ZCPipeline
import ZCTestSupport

@testable import ZCVideo

@Suite("a pipeline", .serialized)
final class PipelineTests: HostedTests {
  private let settings: PipelineSettings

  init() throws {
    var settings = PipelineSettings()
    _ = settings.set("ahead", to: 4)
    self.settings = settings
    try super.init(width: 64, height: 48)
  }

  /// What a pipeline still holds, whatever the order in which locals go.
  private func roles(_ pipeline: Pipeline) -> [Int] { pipeline.roles.map(\.1) }

  private func draw(_ pipeline: Pipeline, at now: Double) throws -> Int? {
    try pipeline.draw(at: now, with: renderer, Renderer.Request())?.number
  }

  @Test("stops workers, presenter, cache, the GPU's part and decoder, in that order")
  func order() throws {
    let log = Lock<[String]>([])
    let made = Lock<Pipeline?>(nil)
    @Sendable func note(_ word: String) {
      let roles = made.withLock { $0 }?.roles.map(\.1) ?? []
      log.withLock { $0.append("\(word) \(roles)") }
    }
    let reel = Reel(onStop: { note("stop") }, onClose: { note("close") })
    let pipeline = Pipeline(reel, settings)
    made.withLock { $0 = pipeline }
    for frame in try Reel.frames(3) { reel.put(.frame(frame)) }
    #expect(try draw(pipeline, at: 0) == 1)
    #expect(renderer.drawn.picture(of: try #require(try pipeline.past(0))) != nil)
    gl.state.withLock { $0.onVisit = { note("flush") } }
    pipeline.close()
    gl.state.withLock { $0.onVisit = nil }
    made.withLock { $0 = nil }
    #expect(log.withLock { $0 } == ["stop [3, 1]", "flush [0, 0]", "close [0, 0]"])
    #expect(context.waitingCount == 0, "what was drawn with waits for no turn any more")
  }

  @Test("stops elsewhere than where the host's context is current, and leaves its part to a turn")
  func elsewhere() throws {
    let reel = Reel()
    let pipeline = Pipeline(reel, settings)
    reel.put(.frame(try Reel.frames(1)[0]))
    #expect(try draw(pipeline, at: 0) == 1)
    try Worker.run { pipeline.close() }
    #expect(reel.calls == ["stop", "close"])
    #expect(context.waitingCount > 0)
    try context.withCurrent { (_) throws(ZCError) in }
    #expect(context.waitingCount == 0)
  }

  @Test(
    "stops from any state, and holds nothing then",
    arguments: ["fresh", "waiting", "shown", "ended", "failed", "flushed", "refused"])
  func states(state: String) throws {
    let reel = Reel()
    let pipeline = Pipeline(reel, settings)
    var frames = try Reel.frames(4)
    let leases = frames.map(\.lease)
    if state != "fresh" { for frame in frames { reel.put(.frame(frame)) } }
    frames = []
    switch state {
    case "shown": _ = try pipeline.frame(at: 0)
    case "ended":
      reel.put(.end)
      _ = try pipeline.frame(at: 0)
      _ = try pipeline.frame(at: 9)
    case "failed":
      reel.put(.failure(.media("broken")))
      _ = try pipeline.frame(at: 9)
    case "flushed":
      _ = try pipeline.frame(at: 0)
      try pipeline.flush()
    case "refused":
      gl.unbindHostFramebuffer()
      #expect(throws: ZCError.self) { try self.draw(pipeline, at: 0) }
    default: break
    }
    pipeline.close()
    pipeline.close()
    #expect(reel.calls == ["stop", "close"])
    #expect(roles(pipeline) == [0, 0])
    #expect(throws: ZCError.self) { try pipeline.frame(at: 10) }
    _ = reel.flushed()
    #expect(leases.allSatisfy { $0.roles.isClosed })
  }

  @Test("a worker that hangs holds up whoever stops, and nobody else")
  func blocked() throws {
    let (asked, door) = (Gate(), Gate())
    let reel = Reel(onStop: {
      asked.open()
      door.wait()
    })
    let pipeline = Pipeline(reel, settings)
    reel.put(.frame(try Reel.frames(1)[0]))
    #expect(try draw(pipeline, at: 0) == 1)
    let closing = Worker { pipeline.close() }
    asked.wait()
    // Workers are asked to stop, and do not.
    #expect(throws: ZCError.closed("this pipeline is closed")) { try pipeline.frame(at: 1) }
    pipeline.close()
    #expect(roles(pipeline) == [1, 1])
    #expect(reel.calls == ["stop"])
    door.open()
    try closing.join()
    #expect(roles(pipeline) == [0, 0])
    #expect(reel.calls == ["stop", "close"])
  }

  @Test("several threads that stop at once stop once")
  func race() throws {
    for _ in 0..<20 {
      let reel = Reel()
      let pipeline = Pipeline(reel, settings)
      let threads = (0..<4).map { _ in Worker { pipeline.close() } }
      for thread in threads { try thread.join() }
      #expect(reel.calls == ["stop", "close"])
    }
  }

  @Test("a decoder without room has the cache let go, the oldest first, and nothing else")
  func pressure() throws {
    let reel = Reel()
    let pipeline = Pipeline(reel, settings)
    for frame in try Reel.frames(3) { reel.put(.frame(frame)) }
    for now in [0, 0.1, 0.2] { _ = try pipeline.frame(at: now + 0.01) }
    #expect(roles(pipeline) == [1, 2])
    #expect(reel.road.emptyCaches())
    #expect(try pipeline.past(1) == nil && pipeline.past(0) != nil)
    #expect(reel.road.emptyCaches() && !reel.road.emptyCaches())
    #expect(roles(pipeline) == [1, 0])
    #expect(try pipeline.frame(at: 1)?.number == 3)
    pipeline.close()
    #expect(!reel.road.emptyCaches())
  }

  @Test("a source that has no room for long is asked once a call, and nothing ends")
  func exhausted() throws {
    let reel = Reel()
    let pipeline = Pipeline(reel, settings)
    for _ in 0..<3 { reel.put(.failure(.poolExhausted("3 pictures are held"))) }
    #expect(try pipeline.frame(at: 0) == nil)
    #expect(reel.waiting == 2)
    _ = try (pipeline.frame(at: 1), pipeline.frame(at: 2))
    reel.put(.frame(try Reel.frames(1)[0]))
    #expect(try pipeline.frame(at: 3)?.number == 1)
    pipeline.close()
  }

  @Test("a decoder that makes nothing, or fails, holds up no draw")
  func silentDecoder() throws {
    let reel = Reel()
    let pipeline = Pipeline(reel, settings)
    #expect(try draw(pipeline, at: 0) == nil)
    reel.put(.frame(try Reel.frames(1)[0]))
    #expect(try draw(pipeline, at: 0) == 1)
    for now in 1..<9 {
      if now == 4 { reel.put(.failure(.media("broken"))) }
      #expect(try draw(pipeline, at: Double(now)) == 1)
    }
    let uploads = gl.state.withLock { state in
      state.calls.count { if case .upload = $0 { true } else { false } }
    }
    #expect(uploads == 3, "the planes of yuv420p, once, however often they are drawn")
    pipeline.close()
  }

  @Test("draws that fail hold up no decoder, and the frame may be drawn later")
  func failingDraws() throws {
    let reel = Reel()
    let pipeline = Pipeline(reel, settings)
    for frame in try Reel.frames(3) { reel.put(.frame(frame)) }
    let target = gl.state.withLock { $0.hostTarget }
    gl.unbindHostFramebuffer()
    for _ in 0..<3 {
      #expect(throws: ZCError.self) { try self.draw(pipeline, at: 0) }
    }
    #expect(reel.waiting == 0, "what was decoded was taken all the same")
    gl.state.withLock { $0.hostTarget = target }
    #expect(try draw(pipeline, at: 0) == 1)
    #expect(renderer.counts.failed == 3 && renderer.counts.drawn == 1)
    pipeline.close()
  }
}

extension Reel {
  /// Drops what nobody took.
  fileprivate func flushed() -> Bool {
    flush()
    return waiting == 0
  }
}
