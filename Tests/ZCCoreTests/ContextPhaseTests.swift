import Testing
import ZCCore

@Suite("ContextPhase")
struct ContextPhaseTests {
  @Test("a live context has a generation")
  func live() throws {
    #expect(try ContextPhase.live(.first).liveGeneration() == .first)
  }

  @Test("a lost context says why, each time it is asked")
  func lost() {
    var phase = ContextPhase.live(.first)
    phase.lose(reason: "the GPU was reset")
    #expect(phase == .lost(.first, reason: "the GPU was reset"))
    for _ in 0..<2 {
      #expect(throws: ZCError.contextLost("the GPU was reset")) { try phase.liveGeneration() }
    }
  }

  @Test("the first reason of a loss stays")
  func lostTwice() {
    var phase = ContextPhase.live(.first)
    phase.lose(reason: "first")
    phase.lose(reason: "second")
    #expect(phase == .lost(.first, reason: "first"))
  }

  @Test("closing closes once, from live and from lost")
  func close() {
    var live = ContextPhase.live(.first)
    let closes = [live.close(), live.close()]
    #expect(closes == [true, false])
    #expect(live == .closed(last: .first))
    var lost = ContextPhase.lost(.first, reason: "gone")
    let isFirst = lost.close()
    #expect(isFirst)
    #expect(lost == .closed(last: .first))
  }

  @Test("a closed context is not lost afterwards, and says that it is closed")
  func closed() {
    var phase = ContextPhase.closed(last: .first)
    phase.lose(reason: "too late")
    #expect(phase == .closed(last: .first))
    let error = #expect(throws: ZCError.self) { try phase.liveGeneration() }
    guard case .closed? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
