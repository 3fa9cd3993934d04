import Testing
import ZCColor

@Suite("picture formats")
struct PictureFormatTests {
  @Test("formats are known by FFmpeg's names")
  func names() {
    #expect(PictureFormat(rawValue: "p010le") == .p010)
    #expect(PictureFormat(rawValue: "pal8") == nil)
  }
}
