import CAV
import Glibc
import Testing
import ZCCore

@testable import ZCVideo

@Suite("What the shim refuses")
struct MediaRefusalTests {
  /// How opening ends.
  private func refusal(_ path: String) throws -> ShimError {
    try #require(throws: ShimError.self) { _ = try ShimMedia(path) }
  }

  @Test("only regular files are opened, and a pipe is not waited for")
  func kinds() throws {
    let files = try MediaFiles()
    let path = "\(files.folder)/pipe"
    unsafe mkfifo(path, 0o600)
    #expect(try refusal(path).text.contains("pipe"))
    #expect(try refusal("/dev/zero").text.contains("device"))
    #expect(try refusal(files.folder).status == ZCAV_NO_FILE)
    #expect(try refusal("\(files.folder)/no.mp4").status == ZCAV_NO_FILE)
    #expect(try refusal("http://localhost/a.mp4").status == ZCAV_NO_FILE)
  }

  @Test("what is no medium is an error")
  func rubbish() throws {
    let files = try MediaFiles()
    #expect(try refusal(files.write("empty.mp4", [])).status == ZCAV_FAILED)
    let noise = (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* $0 &* 31 &+ 7) }
    #expect(try refusal(files.write("noise", noise)).status == ZCAV_FAILED)
    #expect(try refusal(files.write("noise.mp4", noise)).status == ZCAV_FAILED)
  }

  @Test("a list of files is refused in words")
  func lists() throws {
    let files = try MediaFiles()
    let part = try files.bars("part.ts")
    let names: [(String, String)] = [
      ("list.ffconcat", "ffconcat version 1.0\nfile part.ts\n"),
      ("list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\npart.ts\n#EXT-X-ENDLIST\n"),
      (
        "list.sdp",
        "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 9 RTP/AVP 96\n"
      ),
    ]
    for (name, content) in names {
      let error = try refusal(try files.write(name, Array(content.utf8)))
      #expect(error.status == ZCAV_UNSUPPORTED && error.text.contains("list of other files"))
    }
    #expect(throws: Never.self) { try ShimMedia(part) }
  }

  @Test("a name with a pattern in it is a name")
  func patterns() throws {
    let files = try MediaFiles()
    let drawn = try files.make("x.tga", "-f", "lavfi", "-i", "testsrc=s=8x6", "-frames:v", "1")
    let named = "\(files.folder)/%d.tga"
    try #require(try MediaFiles.run(["cp", drawn, named]) == 0)
    let media = try ShimMedia(named)
    #expect(media.stream().is_still == 1)
    #expect(try media.decoder().all(of: media).map(\.size) == [[8, 6]])
  }

  @Test("a picture larger than any texture is not allocated")
  func sizes() throws {
    let files = try MediaFiles()
    func canvas(_ side: Int) -> [UInt8] {
      let word = [UInt8(side & 255), UInt8(side >> 8)]
      let pixel: [UInt8] = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]
      return Array("GIF89a".utf8) + word + word + [0x80, 0, 0, 0, 0, 0, 255, 255, 255] + pixel
        + [0x3B]
    }
    let small = try ShimMedia(try files.write("small.gif", canvas(100)))
    #expect(try small.decoder().all(of: small).map(\.size) == [[100, 100]])
    let large = try ShimMedia(try files.write("large.gif", canvas(16400)))
    #expect(try large.decoder().all(of: large).isEmpty)
  }

  @Test("packets and extradata of a size that none has are refused")
  func amounts() throws {
    let packet = try #require(throws: ShimError.self) { _ = try ShimPacket([]) }
    #expect(packet.text.contains("a packet has 1 to "))
    let limit = 1 << 24
    let extradata = [UInt8](repeating: 0, count: limit + 1)
    let error = try #require(throws: ShimError.self) {
      _ = try ShimDecoder(codec: "h264", extradata: extradata)
    }
    #expect(error.text.contains("\(limit) are the most"))
    #expect(throws: Never.self) {
      try ShimDecoder(codec: "h264", extradata: Array(extradata.dropLast()))
    }
  }

  @Test("a file that ends too soon gives what is there, and says so")
  func truncated() throws {
    let files = try MediaFiles()
    let whole = try MediaFiles.bytes(of: try files.bars("w.mp4", "-movflags", "faststart"))
    let media = try ShimMedia(try files.write("cut.mp4", Array(whole.prefix(whole.count * 2 / 3))))
    var count = 0
    let failure = #expect(throws: ShimError.self) {
      while try media.read() != nil { count += 1 }
    }
    #expect(failure?.text == "the file ends within a frame")
    #expect(count > 2 && count < 10)
  }
}
