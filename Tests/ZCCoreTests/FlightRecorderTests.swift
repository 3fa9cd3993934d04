import Glibc
import Testing
import ZCCore

/// The records of one file, read as anyone would: through the file.
private struct Record {
  let sequence: UInt64
  let context: UInt64
  let generation: UInt64
  let object: UInt64
  let bytes: UInt64

  static let size = 64

  init(_ words: ArraySlice<UInt64>) {
    let words = Array(words)
    (sequence, context, generation, object, bytes) = (
      words[0], words[2], words[3], words[4], words[5]
    )
  }

  static func all(in path: String) throws -> [Record] {
    let words = try words(of: path)
    return stride(from: 4096 / 8, to: words.count, by: size / 8).map {
      Record(words[$0..<$0 + size / 8])
    }
  }

  private static func words(of path: String) throws -> [UInt64] {
    let file = unsafe open(path, O_RDONLY)
    try #require(file >= 0)
    defer { close(file) }
    var facts = stat()
    try #require(unsafe fstat(file, &facts) == 0)
    var words = [UInt64](repeating: 0, count: Int(facts.st_size) / 8)
    let count = words.count * 8
    let got = unsafe words.withUnsafeMutableBytes { unsafe pread(file, $0.baseAddress, count, 0) }
    try #require(got == count)
    return words
  }
}

/// What ties a record's words together, so that a torn one shows.
private func mixed(_ thread: UInt64, _ number: UInt64) -> Int {
  Int((thread &* 0x9E37_79B9 ^ number &* 0x85EB_CA6B) & 0xFFFF_FFFF)
}

private let marker: UInt64 = 0x5A5A_0000

private func record(_ number: UInt64, thread: UInt64) {
  Flight.record(
    .draw,
    FlightSubject(
      context: marker + thread, Generation(rawValue: number), object: thread << 32 | number,
      bytes: mixed(thread, number)))
}

extension Record {
  fileprivate var isOurs: Bool { context & ~0xFFFF == marker }
  fileprivate var isWhole: Bool {
    let thread = context - marker
    return object == thread << 32 | generation && Int(bytes) == mixed(thread, generation)
  }
}

@Suite("The flight recorder", .serialized)
final class FlightRecorderTests {
  private let path: String

  init() {
    var template = Array((P_tmpdir + "/zcgpu-flight-XXXXXX").utf8CString)
    close(unsafe mkstemp(&template))
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit {
    FlightRecorder.stop()
    unsafe unlink(path)
  }

  private func hammer(threads: UInt64, each count: UInt64) async {
    await withTaskGroup { group in
      for thread in 0..<threads {
        group.addTask { for number in 0..<count { record(number, thread: thread) } }
      }
    }
  }

  @Test("what two threads record at once is all there, once, and whole")
  func losesNothing() async throws {
    try FlightRecorder.start(path, events: 1 << 17)
    await hammer(threads: 2, each: 60_000)
    let ours = try Record.all(in: path).filter(\.isOurs)
    #expect(ours.count == 120_000)
    #expect(ours.allSatisfy { $0.isWhole && $0.sequence % 2 == 0 })
    #expect(Set(ours.map(\.object)).count == 120_000)
    #expect(Set(ours.map(\.sequence)).count == 120_000)
  }

  @Test("a ring that is gone round many times a moment holds whole records, never mixed ones")
  func tearsNothing() async throws {
    try FlightRecorder.start(path, events: 1)
    for _ in 0..<20 {
      await hammer(threads: 8, each: 5000)
      let ours = try Record.all(in: path).filter(\.isOurs)
      #expect(ours.count > 32)
      #expect(ours.allSatisfy { $0.isWhole })
    }
  }

  @Test("who reads while others write can tell a whole record from a half-written one")
  func showsHalves() async throws {
    let path = path
    try FlightRecorder.start(path, events: 1)
    try await withThrowingTaskGroup { group in
      for thread in 0..<2 as Range<UInt64> {
        group.addTask {
          for number in 0..<100_000 as Range<UInt64> { record(number, thread: thread) }
        }
      }
      group.addTask {
        for _ in 0..<300 {
          let once = try Record.all(in: path)
          let again = try Record.all(in: path)
          for (first, second) in zip(once, again)
          where first.isOurs && first.sequence == second.sequence && first.sequence % 2 == 0 {
            #expect(first.isWhole)
          }
        }
      }
      try await group.waitForAll()
    }
  }

  @Test("recording ends and begins while others record, in rings of any size")
  func changes() async throws {
    let path = path
    try await withThrowingTaskGroup { group in
      for thread in 0..<3 as Range<UInt64> {
        group.addTask {
          for number in 0..<200_000 as Range<UInt64> { record(number, thread: thread) }
        }
      }
      group.addTask {
        for round in 0..<60 {
          try FlightRecorder.start(path, events: [1, 1000, 70_000][round % 3])
          if round % 2 == 0 { FlightRecorder.stop() }
        }
      }
      try await group.waitForAll()
    }
    try FlightRecorder.start(path, events: 100)
    record(7, thread: 1)
    #expect(try Record.all(in: path).filter(\.isOurs).map(\.generation) == [7])
  }

  @Test("nothing is recorded before the start and after the end")
  func isQuiet() throws {
    record(1, thread: 1)
    try FlightRecorder.start(path, events: 100)
    record(2, thread: 1)
    FlightRecorder.stop()
    record(3, thread: 1)
    #expect(try Record.all(in: path).filter(\.isOurs).map(\.generation) == [2])
    #expect(FlightRecorder.path == nil)
  }

  @Test("a file that is no recording is left as it is")
  func sparesOthers() throws {
    let file = unsafe open(path, O_WRONLY)
    _ = unsafe write(file, "precious", 8)
    close(file)
    let error = #expect(throws: ZCError.self) { try FlightRecorder.start(path, events: 100) }
    #expect(error?.description.contains("no flight recording; it is left as it is") == true)
    #expect(FlightRecorder.path == nil)
  }

  @Test("a number of events that cannot be is refused", arguments: [0, -1, 1 << 24 + 1, Int.max])
  func checksEvents(events: Int) {
    #expect(throws: ZCError.self) { try FlightRecorder.start(path, events: events) }
  }

  @Test("every event has a name that fits, and a topic")
  func names() {
    #expect(FlightEvent.contextCreate.name == "context create")
    #expect(FlightEvent.leasePass.topic == .lease)
    #expect(FlightEvent.allCases.allSatisfy { $0.name.utf8.count < 32 && $0.rawValue < 48 })
  }
}
