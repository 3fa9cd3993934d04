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
    gate.close()
    let closed = gate.admits(isKey: false)
    #expect([before, key, after, closed] == [false, true, true, false])
  }
}
