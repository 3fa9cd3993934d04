import Testing
import ZCVideo

@Suite("the index of frames") struct FrameIndexTests {
  /// Packets in the order of decoding: when shown, whether key, whether hidden.
  private func made(_ packets: [(Int64?, Bool, Bool)]) -> FrameIndex? {
    var builder = FrameIndexBuilder(.packets, step: 10)
    for (place, packet) in packets.enumerated() {
      builder.add(
        packet: packet.0, decodedAt: Int64(place) * 10 - 20, duration: 10, isKey: packet.1,
        isHidden: packet.2)
    }
    return builder.finished()
  }

  @Test("frames are in the order in which they are shown")
  func order() throws {
    let index = try #require(
      made([(0, true, false), (30, false, false), (10, false, false), (20, false, false)]))
    #expect((0..<index.count).map { index.time($0) } == [0, 10, 20, 30])
    #expect((0..<index.count).map { index.isKey($0) } == [true, false, false, false])
    #expect((index.first, index.end) == (0, 40))
    #expect(index.longestDelay == 40)
  }

  @Test("a frame is found by exactly its time")
  func exact() throws {
    let index = try #require(made([(-5, true, false), (7, false, false), (8, true, false)]))
    #expect(index.number(of: -5) == 0)
    #expect(index.number(of: 8) == 2)
    #expect([-6, 0, 9, .min, .max].compactMap { index.number(of: $0) } == [])
    #expect(index.last { $0 <= 7 } == 1)
    #expect(index.last { $0 <= 100 } == 2)
    #expect(index.last { $0 <= -6 } == nil)
  }

  @Test("decoding begins at the last key at or before a frame, hidden ones too")
  func keys() throws {
    let index = try #require(
      made([
        (-30, true, true), (-10, false, true), (0, false, false), (10, false, false),
        (40, true, false), (30, false, false), (50, false, false),
      ]))
    #expect(index.count == 5)
    #expect(index.key(atOrBefore: 10) == -30)
    #expect(index.key(atOrBefore: 30) == -30)
    #expect(index.key(atOrBefore: 40) == 40)
    #expect(index.key(atOrBefore: 50) == 40)
    #expect(index.key(atOrBefore: -31) == nil)
  }

  @Test("packets without times, or with the same, do not tell which frames there are")
  func unknown() {
    #expect(made([(0, true, false), (nil, false, false)]) == nil)
    #expect(made([(0, true, false), (0, false, false)]) == nil)
    #expect(made([(0, true, false), (.max, false, false)]) == nil)
    #expect(made([(0, true, false), (nil, false, true)])?.count == 1)
    #expect(made([])?.count == 0)
    #expect(made([])?.end == nil)
  }

  @Test("decoded frames keep their order, whatever their times")
  func decoded() throws {
    var builder = FrameIndexBuilder(.decoded, step: 10)
    for time in [5, nil, 9, 30, 30, nil, .min] as [Int64?] {
      builder.add(frame: time, duration: 0, isKey: false)
    }
    let index = try #require(builder.finished())
    #expect((0..<index.count).map { index.time($0) } == [5, 15, 15, 30, 30, 40, 50])
    #expect(!index.isTimed)
    #expect(index.end == 60)
  }

  @Test("a clock that begins anew goes on, and its frames are known by no time")
  func seam() throws {
    var builder = FrameIndexBuilder(.decoded, step: 10)
    for time in [1000, 1010, 0, 10, 25, 900] {
      builder.add(frame: Int64(time), duration: 0, isKey: false)
    }
    let index = try #require(builder.finished())
    #expect((0..<index.count).map { index.time($0) } == [1000, 1010, 1020, 1030, 1045, 1920])
    #expect(!index.isTimed)
  }

  @Test("no clock begins anew by as much as frames may change places")
  func reordering() throws {
    var builder = FrameIndexBuilder(.decoded, step: 10)
    for time in [1000, 840, 1010, 849, 1020] {
      builder.add(frame: Int64(time), duration: 0, isKey: false)
    }
    let index = try #require(builder.finished())
    #expect((0..<index.count).map { index.time($0) } == [1000, 1000, 1010, 1020, 1191])
  }

  @Test("decoded frames are known by their times where the file has one for each")
  func timed() throws {
    var builder = FrameIndexBuilder(.decoded, step: 10)
    for time in [5, 9, 30] { builder.add(frame: Int64(time), duration: 4, isKey: time != 9) }
    #expect(builder.finished(isTimed: false)?.isTimed == false)
    let index = try #require(builder.finished())
    #expect(index.isTimed)
    #expect(index.end == 34)
    #expect(index.key(atOrBefore: 9) == 5)
  }
}
