import CAV
import Glibc
import Testing
import ZCCore

@testable import ZCVideo

@Suite("Reading a file through the shim")
struct MediaReadingTests {
  @Test("a file tells what it holds and gives every picture, and a seek goes back after the end")
  func reads() throws {
    let files = try MediaFiles()
    let media = try ShimMedia(try files.bars())
    let stream = media.stream()
    #expect(stream.kind == Int32(ZCAV_VIDEO.rawValue) && text(stream.codec) == "mpeg4")
    #expect(stream.width == 64 && stream.height == 48)
    #expect(stream.frame_rate.numerator == 10 && stream.frame_count == 10)
    let unit = Int64(stream.time_base.denominator) / 10
    let decoder = try media.decoder()
    #expect(try decoder.all(of: media).map(\.pts) == (0..<10).map { $0 * unit })
    #expect(try decoder.send(nil) == ZCAV_END)
    try media.seek(to: 7 * unit)
    decoder.flush()
    // Every fifth is key.
    #expect(try decoder.all(of: media).map(\.pts) == (5..<10).map { $0 * unit })
  }

  @Test("threads give the same pictures as one does", arguments: [0, 2, 999, -1] as [Int32])
  func threads(count: Int32) throws {
    let files = try MediaFiles()
    let path = try files.bars("b.mp4", "-bf", "2")
    let one = try ShimMedia(path)
    let many = try ShimMedia(path)
    let expected = try one.decoder().all(of: one).map(\.bytes)
    #expect(try many.decoder(threads: count).all(of: many).map(\.bytes) == expected)
  }

  @Test("pictures outlive what they came from")
  func outlives() throws {
    let files = try MediaFiles()
    let path = try files.bars()
    let raw = try files.make("bars.yuv", "-i", path, "-pix_fmt", "yuv420p", "-f", "rawvideo")
    var frames: [ShimFrame] = []
    do {
      let media = try ShimMedia(path)
      frames = try media.decoder().all(of: media)
    }
    let shared = try frames[3].shared()
    let expected = try MediaFiles.bytes(of: raw)
    #expect(frames.flatMap(\.bytes) == expected)
    #expect(frames[3].bytes == shared.bytes)
  }

  @Test("what one stream has is not mixed with another's")
  func streams() throws {
    let files = try MediaFiles()
    let path = try files.make(
      "s.mkv", "-i", try files.bars(), "-f", "lavfi", "-i", "sine=duration=1", "-c:v", "copy",
      "-c:a", "pcm_s16le")
    let media = try ShimMedia(path)
    #expect(media.count == 2)
    let sound = media.best(ZCAV_AUDIO)
    #expect(media.best() == 0 && sound == 1)
    let heard = try media.decoder(sound).all(of: media, sound)
    #expect(heard.map { Int($0.sound.count) }.reduce(0, +) == 44100)
    #expect(heard.allSatisfy { $0.sound.channels == 1 && $0.sound.rate == 44100 })
    try media.seek(to: 0)
    #expect(try media.decoder().all(of: media).count == 10)
    #expect(throws: ShimError.self) { try media.read(2) }
    #expect(throws: ShimError.self) { try media.decoder(-1) }
    #expect(media.stream(7).kind == Int32(ZCAV_OTHER.rawValue))
  }

  @Test("a seek to or before the start gives everything again, however FFmpeg seeks")
  func rewinds() throws {
    let files = try MediaFiles()
    let bars = try files.bars("r.mp4", "-c:v", "libx264")
    let one = ["-i", bars, "-frames:v", "1"]
    let paths = try [
      bars, files.make("r.h264", "-i", bars, "-c", "copy"), files.make("r.gif", "-i", bars),
      files.make("r.png", one[0], one[1], one[2], one[3]),
      files.make("r.tga", one[0], one[1], one[2], one[3]),
    ]
    for path in paths {
      let media = try ShimMedia(path)
      let count = try media.decoder().all(of: media).count
      #expect(count == 10 || count == 1)
      for time in [0, -1000, .min, .min + 1] as [Int64] {
        try media.seek(to: time)
        #expect(try media.decoder().all(of: media).count == count, "\(path) from \(time)")
      }
      try media.seek(to: .max)
    }
  }

  @Test("what an edit list leaves out is not shown")
  func edits() throws {
    let files = try MediaFiles()
    let path = try files.bars("whole.mp4", "-bf", "2")
    let cut = try files.make("cut.mp4", "-ss", "0.7", "-i", path, "-c", "copy")
    let media = try ShimMedia(cut)
    var discarded = 0
    while let packet = try media.read() { discarded += Int(packet.facts.is_discarded) }
    #expect(discarded > 0)
    try media.seek(to: -1000)
    let shown = try media.decoder().all(of: media)
    let raw = try files.make("cut.yuv", "-i", cut, "-fps_mode", "passthrough", "-f", "rawvideo")
    #expect(try shown.flatMap(\.bytes) == MediaFiles.bytes(of: raw))
  }

  @Test("nothing is left open")
  func descriptors() throws {
    let files = try MediaFiles()
    let path = try files.bars()
    func count() -> Int {
      Folder.names(in: "/proc/self/fd").count { name in
        var target = [CChar](repeating: 0, count: 4096)
        let length = unsafe readlink("/proc/self/fd/\(name)", &target, target.count)
        return length > 0
          && String(decoding: target.prefix(length).map(UInt8.init), as: UTF8.self) == path
      }
    }
    do {
      let media = try ShimMedia(path)
      _ = try media.decoder().all(of: media)
      #expect(count() == 1)
    }
    #expect(count() == 0)
  }
}
