import Testing
import ZCGL

@Suite("DisplayCandidate")
struct DisplayCandidateTests {
  private let software = DisplayCandidate.device(index: 0, isSoftware: true, node: nil)
  private let card = DisplayCandidate.device(index: 1, isSoftware: false, node: "/dev/dri/card0")
  private let second = DisplayCandidate.device(index: 2, isSoftware: false, node: nil)

  @Test("hardware comes before software, devices before surfaceless, and the default last")
  func ladder() {
    #expect(
      DisplayCandidate.ladder(devices: [software, card, second])
        == [card, second, software, .surfaceless, .standard])
  }

  @Test("without devices there are still two ways")
  func noDevices() {
    #expect(DisplayCandidate.ladder(devices: []) == [.surfaceless, .standard])
  }

  @Test("a candidate says what it is")
  func descriptions() {
    #expect(software.description == "EGL device 0 (software)")
    #expect(card.description == "EGL device 1 (/dev/dri/card0)")
    #expect(second.description == "EGL device 2")
    #expect(DisplayCandidate.surfaceless.description == "surfaceless platform")
    #expect(DisplayCandidate.standard.description == "default display")
  }
}
