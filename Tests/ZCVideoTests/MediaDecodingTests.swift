import CAV
import Testing
import ZCCore

@testable import ZCVideo

@Suite("Decoding through the shim")
struct MediaDecodingTests {
  @Test("a decoder that is full takes a packet once frames were taken")
  func again() throws {
    let files = try MediaFiles()
    let media = try ShimMedia(try files.bars())
    let decoder = try media.decoder()
    #expect(try decoder.receive().status == ZCAV_AGAIN)
    var frames = 0
    var refusals = 0
    while let packet = try media.read() {
      while try decoder.send(packet) == ZCAV_AGAIN {
        refusals += 1
        #expect(try decoder.receive().status == ZCAV_OK)
        frames += 1
      }
    }
    #expect(refusals > 0)
    // The end waits, or FFmpeg would forget the packet that waits.
    #expect(try decoder.send(nil) == ZCAV_AGAIN)
    let rest = try decoder.all(of: media).count
    #expect(frames + rest == 10)
  }

  @Test("a broken packet is an error, and the next ones are decoded")
  func broken() throws {
    let files = try MediaFiles()
    let media = try ShimMedia(
      try files.bars("b.mp4", "-c:v", "libx264", "-x264-params", "keyint=5"))
    let decoder = try media.decoder()
    for _ in 0..<2 { _ = try decoder.send(try media.read()) }
    _ = try decoder.receive()
    #expect(throws: ShimError.self) {
      for _ in 0..<9 {
        _ = try decoder.send(try ShimPacket([0, 0, 0, 9] + [UInt8](repeating: 0x65, count: 300)))
        _ = try decoder.receive()
      }
    }
    #expect(try decoder.all(of: media).count >= 5)
  }

  @Test("a packet without bytes does not end the stream")
  func empty() throws {
    let error = try #require(throws: ShimError.self) { _ = try ShimPacket([]) }
    #expect(error.text.contains("1 to"))
  }

  @Test("packets from elsewhere are decoded by a codec's name")
  func byName() throws {
    let files = try MediaFiles()
    let path = try files.make(
      "a.mjpeg", "-f", "lavfi", "-i", "testsrc=s=16x8:r=5:d=1", "-f", "mjpeg")
    let whole = try MediaFiles.bytes(of: path)
    let decoder = try ShimDecoder(codec: "mjpeg")
    // JPEGs begin with FF D8, which is nowhere else in them.
    let starts = whole.indices.dropLast().filter { whole[$0] == 0xFF && whole[$0 + 1] == 0xD8 }
    #expect(starts.count == 5)
    for (number, start) in starts.enumerated() {
      let end = number + 1 < starts.count ? starts[number + 1] : whole.count
      #expect(
        try decoder.send(try ShimPacket(Array(whole[start..<end]), pts: Int64(number))) == ZCAV_OK)
      let frame = try #require(try decoder.receive().frame)
      #expect(frame.pts == Int64(number) && frame.size == [16, 8])
    }
    let unknown = try #require(throws: ShimError.self) { _ = try ShimDecoder(codec: "no") }
    #expect(unknown.status == ZCAV_UNSUPPORTED)
    let subtitles = try #require(throws: ShimError.self) { _ = try ShimDecoder(codec: "subrip") }
    #expect(subtitles.status == ZCAV_UNSUPPORTED)
    #expect(throws: ShimError.self) {
      try ShimDecoder(codec: "h264", extradata: [UInt8](repeating: 0, count: 1 << 25))
    }
  }

  @Test("columns that are not to be seen are cut to the pixel")
  func cropped() throws {
    let files = try MediaFiles()
    let path = try files.bars(
      "c.mp4", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-bsf:v",
      "h264_metadata=crop_left=6:crop_right=2:crop_top=4")
    let raw = try files.make("c.yuv", "-flags", "unaligned", "-i", path, "-f", "rawvideo")
    let media = try ShimMedia(path)
    #expect(media.stream().width == 56 && media.stream().height == 44)
    let frames = try media.decoder().all(of: media)
    #expect(frames.map(\.size) == .init(repeating: [56, 44], count: 10))
    #expect(try frames.flatMap(\.bytes) == MediaFiles.bytes(of: raw))
  }

  @Test("pictures are turned as ffmpeg turns them", arguments: [90, 180, 270])
  func turned(degrees: Int) throws {
    let files = try MediaFiles()
    let path = try files.bars("t.mp4")
    let copy = try files.make(
      "c.mp4", "-i", path, "-c", "copy", "-metadata:s:v", "rotate=\(degrees)")
    let shown = try files.make(
      "c.y", "-i", copy, "-frames:v", "1", "-vf", "extractplanes=y", "-f", "rawvideo")
    let media = try ShimMedia(copy)
    let coded = Array(try #require(try media.decoder().all(of: media).first).bytes.prefix(64 * 48))
    let turns = Int(media.stream().turn) / 90
    #expect(turns != 0 && media.stream().is_mirrored == 0)
    var picture = (width: 64, height: 48, bytes: coded)
    for _ in 0..<turns { picture = Self.turnedRight(picture) }
    #expect(try picture.bytes == MediaFiles.bytes(of: shown))
  }

  /// By a quarter, clockwise: the left column, read upwards, becomes the top row.
  private static func turnedRight(_ picture: (width: Int, height: Int, bytes: [UInt8]))
    -> (width: Int, height: Int, bytes: [UInt8])
  {
    var bytes: [UInt8] = []
    for column in 0..<picture.width {
      for row in (0..<picture.height).reversed() {
        bytes.append(picture.bytes[row * picture.width + column])
      }
    }
    return (picture.height, picture.width, bytes)
  }

  @Test("a picture may say itself how to turn it")
  func turnedByItself() throws {
    let files = try MediaFiles()
    let path = try files.bars("t.mp4", "-c:v", "libx264")
    // Its rotate is anticlockwise; a mirror of top and bottom is one of left and right, turned.
    for (filter, expected) in [
      ("rotate=90", [270, 0]), ("flip=horizontal", [0, 1]), ("flip=vertical", [180, 1]),
    ] as [(String, [Int32])] {
      let copy = try files.make(
        "f.mp4", "-i", path, "-c", "copy", "-bsf:v",
        "h264_metadata=display_orientation=insert:\(filter)")
      let media = try ShimMedia(copy)
      #expect(try #require(try media.decoder().all(of: media).first).turn == expected, "\(filter)")
    }
    let media = try ShimMedia(path)
    #expect(try #require(try media.decoder().all(of: media).first).turn == [-1, 0])
  }

  @Test("pixels that are not square are told of, by the container before the codec")
  func aspect() throws {
    let files = try MediaFiles()
    let media = try ShimMedia(try files.bars("a.mkv", "-c:v", "libx264", "-vf", "setsar=4/3"))
    #expect(media.stream().sample_aspect.numerator == 4)
    #expect(media.stream().sample_aspect.denominator == 3)
    let copy = try files.make(
      "b.mkv", "-i", "\(files.folder)/a.mkv", "-c", "copy", "-aspect", "8:3")
    let other = try ShimMedia(copy)
    let shown = try #require(try other.decoder().all(of: other).first).sampleAspect
    #expect(shown.numerator == 2 && shown.denominator == 1)
  }

  @Test("a palette is a plane, and libswscale makes colours of it")
  func palette() throws {
    let files = try MediaFiles()
    let path = try files.make(
      "p.png", "-f", "lavfi", "-i", "testsrc=s=33x17", "-frames:v", "1", "-pix_fmt", "pal8")
    let raw = try files.make("p.rgba", "-i", path, "-pix_fmt", "rgba", "-f", "rawvideo")
    let media = try ShimMedia(path)
    let frame = try #require(try media.decoder().all(of: media).first)
    #expect(frame.format == "pal8" && frame.palettePlane == 1)
    #expect(frame.bytes.count == 33 * 17 + 1024)
    #expect(try frame.converted(to: "rgba").bytes == MediaFiles.bytes(of: raw))
    #expect(throws: ShimError.self) { try frame.converted(to: "no") }
    #expect(throws: ShimError.self) { try frame.converted(to: "vaapi") }
  }
}
