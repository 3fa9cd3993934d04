import Testing
import ZCPipeline

@Suite("keyframes by their bits")
struct KeyframeScanTests {
  @Test("H.264 and HEVC by the first slice behind start codes")
  func annexB() {
    let h264 = KeyframeScan(codec: "h264")
    // SPS (7), PPS (8), SEI (6), then a slice of IDR (5) or another (1).
    let heads: [UInt8] = [0, 0, 0, 1, 0x67, 9, 9, 0, 0, 1, 0x68, 9, 0, 0, 1, 0x06, 9]
    #expect(h264.isKey(heads + [0, 0, 1, 0x65, 1, 2]) == true)
    #expect(h264.isKey(heads + [0, 0, 0, 1, 0x41, 1, 2]) == false)
    #expect(h264.isKey(heads) == nil)
    let hevc = KeyframeScan(codec: "hevc")
    // VPS (32), then IDR_W_RADL (19), CRA (21), TRAIL_R (1): the type is bits 1 to 6.
    #expect(hevc.isKey([0, 0, 1, 0x40, 1, 0, 0, 1, 0x26, 1]) == true)
    #expect(hevc.isKey([0, 0, 1, 0x2A, 1]) == true)
    #expect(hevc.isKey([0, 0, 1, 0x02, 1]) == false)
  }

  @Test("H.264 and HEVC by lengths, of the size that extradata tells")
  func lengths() {
    var avcC: [UInt8] = [1, 66, 0, 30, 0xFF, 0xE1, 0]
    #expect(KeyframeScan(codec: "h264", extradata: avcC).unitLengthSize == 4)
    let four = KeyframeScan(codec: "h264", extradata: avcC)
    #expect(four.isKey([0, 0, 0, 2, 0x06, 9, 0, 0, 0, 1, 0x65]) == true)
    #expect(four.isKey([0, 0, 0, 2, 0x06, 9, 0, 0, 0, 1, 0x61]) == false)
    avcC[4] = 0xFC
    let one = KeyframeScan(codec: "h264", extradata: avcC)
    #expect(one.isKey([0, 2, 0x06, 9, 1, 0x65]) == true)
    var hvcC = [UInt8](repeating: 0, count: 23)
    (hvcC[0], hvcC[21]) = (1, 1)
    let two = KeyframeScan(codec: "hevc", extradata: hvcC)
    #expect(two.unitLengthSize == 2)
    #expect(two.isKey([0, 1, 0x40, 0, 1, 0x26]) == true)
    let annexB = KeyframeScan(codec: "h264", extradata: [0, 0, 0, 1, 0x67, 9, 9, 9])
    #expect(annexB.unitLengthSize == nil)
  }

  @Test("lengths beyond the packet, or beyond any number, end the search")
  func hostileLengths() {
    let scan = KeyframeScan(codec: "h264", extradata: [1, 66, 0, 30, 0xFF, 0xE1, 0])
    #expect(scan.isKey([0xFF, 0xFF, 0xFF, 0xFF, 0x06]) == nil)
    #expect(scan.isKey([0xFF, 0xFF, 0xFF, 0xFF, 0x65]) == true)
    #expect(scan.isKey([0, 0, 0, 0, 0, 0, 0, 0]) == nil)
    #expect(scan.isKey([0, 0, 0]) == nil && scan.isKey([]) == nil)
  }

  @Test("VP8 and VP9 by their frame headers")
  func vpx() {
    #expect(KeyframeScan(codec: "vp8").isKey([0x10]) == true)
    #expect(KeyframeScan(codec: "vp8").isKey([0x11]) == false)
    let vp9 = KeyframeScan(codec: "vp9")
    // marker 10, profile 00, show_existing 0, frame_type: 0 is a keyframe.
    #expect(vp9.isKey([0b1000_0010]) == true)
    #expect(vp9.isKey([0b1000_0110]) == false)
    #expect(vp9.isKey([0b1000_1000]) == false)
    // profile 3 has a reserved bit more.
    #expect(vp9.isKey([0b1011_0001]) == true)
    #expect(vp9.isKey([0b1011_0010]) == false)
    #expect(vp9.isKey([0b0000_0000]) == nil && vp9.isKey([]) == nil)
  }

  @Test("AV1 by the first frame header")
  func av1() {
    let scan = KeyframeScan(codec: "av1")
    // A temporal delimiter, a sequence header of 2 bytes, a frame: key, inter, shown again.
    let head: [UInt8] = [0x12, 0, 0x0A, 2, 0x00, 0x00]
    #expect(scan.isKey(head + [0x32, 1, 0x10]) == true)
    #expect(scan.isKey(head + [0x32, 1, 0x30]) == false)
    #expect(scan.isKey(head + [0x1A, 1, 0x80]) == false)
    // A reduced still picture has no frame type.
    #expect(scan.isKey([0x0A, 1, 0x18, 0x32, 1, 0xFF]) == true)
    #expect(scan.isKey(head) == nil && scan.isKey([]) == nil)
    #expect(scan.isKey([0x32, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80]) == nil)
    #expect(scan.isKey([0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F]) == nil)
    // An extension byte, and a unit without a size.
    #expect(scan.isKey([0x34, 0, 0x10]) == true)
  }

  @Test("MPEG-2 and MPEG-4 by their picture types")
  func mpeg() {
    let mpeg2 = KeyframeScan(codec: "mpeg2video")
    #expect(mpeg2.isKey([0, 0, 1, 0xB3, 1, 2, 0, 0, 1, 0, 0, 0x08, 1]) == true)
    #expect(mpeg2.isKey([0, 0, 1, 0, 0, 0x10, 1]) == false)
    #expect(mpeg2.isKey([0, 0, 1, 0, 0]) == nil)
    let mpeg4 = KeyframeScan(codec: "mpeg4")
    #expect(mpeg4.isKey([0, 0, 1, 0xB6, 0x10]) == true)
    #expect(mpeg4.isKey([0, 0, 1, 0xB6, 0x50]) == false)
    #expect(mpeg4.isKey([0, 0, 1, 0xB6]) == nil)
  }

  @Test("where every packet stands alone each is one; of what is not known nothing is told")
  func others() {
    #expect(KeyframeScan(codec: "mjpeg").isKey([1]) == true)
    #expect(KeyframeScan(codec: "theora").isKey([1]) == nil)
  }

  @Test("whatever the bytes, looking at them ends")
  func anything() {
    var random = SystemRandomNumberGenerator()
    let codecs = ["h264", "hevc", "vp8", "vp9", "av1", "mpeg2video", "mpeg4", "mjpeg", "x"]
    for codec in codecs {
      for _ in 0..<500 {
        let extradata = (0..<Int.random(in: 0..<30)).map { _ in UInt8.random(in: 0...2) }
        let few = Bool.random()
        let bytes = (0..<Int.random(in: 0..<64)).map { _ in
          few ? UInt8.random(in: 0...2, using: &random) : .random(in: .min ... .max)
        }
        _ = KeyframeScan(codec: codec, extradata: extradata).isKey(bytes)
      }
    }
  }
}
