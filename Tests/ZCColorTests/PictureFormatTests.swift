import Testing
import ZCColor

@Suite("picture formats")
struct PictureFormatTests {
  @Test("formats are known by FFmpeg's names")
  func names() {
    #expect(PictureFormat(named: "p010le") == .p010)
    #expect(PictureFormat(named: "yuvj422p") == .yuv422p)
    #expect(PictureFormat.isFullRange(named: "yuvj422p"))
    #expect(PictureFormat(named: "pal8") == nil)
    #expect(PictureFormat(named: "yuvj411p") == nil)
  }

  @Test("another format stands in for those that are rare")
  func standIns() {
    #expect(PictureFormat.standIn(forNamed: "pal8") == .rgba)
    #expect(PictureFormat.standIn(forNamed: "yuv411p") == .yuv444p)
    #expect(PictureFormat.standIn(forNamed: "nv21") == .nv12)
    #expect(PictureFormat.standIn(forNamed: "bayer_bggr8") == .rgb24)
    #expect(PictureFormat.standIn(forNamed: "yuva444p12le") == .yuva444p10)
    #expect(PictureFormat.standIn(forNamed: "") == .rgba)
  }

  @Test("chroma has half of the sides, rounded up")
  func chroma() {
    #expect(PictureFormat.nv12.size(ofPlane: 1, width: 5, height: 7) == (3, 4))
    #expect(PictureFormat.yuv422p10.size(ofPlane: 2, width: 5, height: 7) == (3, 7))
    #expect(PictureFormat.yuva420p.size(ofPlane: 3, width: 5, height: 7) == (5, 7))
    #expect(PictureFormat.gbrp.size(ofPlane: 1, width: 5, height: 7) == (5, 7))
  }
}
