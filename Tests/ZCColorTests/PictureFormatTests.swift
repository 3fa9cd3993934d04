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
    #expect(PictureFormat(named: "yuvj411p") == .yuv411p)
    #expect(PictureFormat(named: "yuv440p10be") == nil)
  }

  @Test("another format stands in for those that are rare")
  func standIns() {
    #expect(PictureFormat.standIn(forNamed: "pal8") == .rgba)
    #expect(PictureFormat.standIn(forNamed: "yuv440p10be") == .yuv440p12)
    #expect(PictureFormat.standIn(forNamed: "nv21") == .nv12)
    #expect(PictureFormat.standIn(forNamed: "nv20be") == .yuv422p12)
    #expect(PictureFormat.standIn(forNamed: "p016le") == .yuv420p12)
    #expect(PictureFormat.standIn(forNamed: "bayer_bggr8") == .rgb24)
    #expect(PictureFormat.standIn(forNamed: "yuva444p16le") == .yuva444p12)
    #expect(PictureFormat.standIn(forNamed: "") == .rgba)
  }

  @Test("chroma has half or a quarter of the sides, rounded up")
  func chroma() {
    #expect(PictureFormat.nv12.size(ofPlane: 1, width: 5, height: 7) == (3, 4))
    #expect(PictureFormat.yuv422p10.size(ofPlane: 2, width: 5, height: 7) == (3, 7))
    #expect(PictureFormat.yuv440p.size(ofPlane: 2, width: 5, height: 7) == (5, 4))
    #expect(PictureFormat.yuv411p.size(ofPlane: 1, width: 5, height: 7) == (2, 7))
    #expect(PictureFormat.yuv411p.size(ofPlane: 0, width: 5, height: 7) == (5, 7))
    #expect(PictureFormat.yuv410p.size(ofPlane: 1, width: 8, height: 9) == (2, 3))
    #expect(PictureFormat.yuva420p.size(ofPlane: 3, width: 5, height: 7) == (5, 7))
    #expect(PictureFormat.gbrp.size(ofPlane: 1, width: 5, height: 7) == (5, 7))
  }
}
