import Testing
import ZCPipeline

@Suite("the keyframe gate")
struct KeyframeGateTests {
  @Test("nothing passes before a keyframe, then everything until it is closed again")
  func opens() {
    var gate = KeyframeGate()
    let before = gate.admits(isKey: false)
    let key = gate.admits(isKey: true)
    let after = gate.admits(isKey: false)
    gate.close(.discontinuity)
    let closed = gate.admits(isKey: false)
    #expect([before, key, after, closed] == [false, true, true, false])
    #expect(gate.counts.refused == 2)
    #expect(gate.reason == .discontinuity && gate.isClosed)
  }

  @Test("closures are counted by their reason; a gate that is closed keeps its own")
  func reasons() {
    var gate = KeyframeGate()
    gate.close(.backlog)
    #expect(gate.reason == .start)
    for reason in [KeyframeGate.Reason.backlog, .broken, .backlog] {
      _ = gate.admits(isKey: true)
      gate.close(reason)
    }
    #expect(gate.counts.closures == [.backlog: 2, .broken: 1])
  }

  @Test("it asks once, then after waits that double up to a limit; an open gate does not")
  func backOff() {
    var gate = KeyframeGate(backOff: .init(first: 1, most: 4))
    let asked = (0..<24).filter { gate.asks(at: Double($0) / 2) }
    // At once, then after 1, 2, 4, 4 seconds.
    #expect(asked == [0, 2, 6, 14, 22])
    #expect(gate.counts.requests == 5)
    _ = gate.admits(isKey: true)
    let askedOpen = gate.asks(at: 100)
    #expect(!askedOpen)
    gate.close(.backlog)
    let again = [gate.asks(at: 100), gate.asks(at: 100.5), gate.asks(at: 101)]
    #expect(again == [true, false, true])
    // Closed anew it is as patient as before: the wait is 2 seconds by now.
    gate.close(.broken)
    let sooner = [gate.asks(at: 102), gate.asks(at: 103)]
    #expect(sooner == [false, true])
  }

  @Test("waits are never negative, and the longest is no shorter than the first")
  func bounds() {
    #expect(KeyframeGate.BackOff(first: -1, most: -2) == .init(first: 0, most: 0))
    #expect(KeyframeGate.BackOff(first: 3, most: 1).most == 3)
  }
}
