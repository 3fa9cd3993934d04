import CAV
import Testing
import ZCCore

@testable import ZCVideo

@Suite("FFmpeg's errors")
struct MediaErrorTests {
  @Test("a full pool is told apart from a broken file")
  func kinds() {
    let broken = ZCError.media(zcav_status(ZCAV_FAILED), zcav_error(), doing: "reading a.mp4")
    #expect(broken == .media("reading a.mp4: "))
    let full = ZCError.media(zcav_status(ZCAV_EXHAUSTED), zcav_error(), doing: "decoding")
    #expect(full == .poolExhausted("decoding: "))
  }
}
