import Glibc
import Testing
import ZCCore
import ZCTestSupport

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

  /// Threads that record at once, each `count` events.
  private func hammer(threads: UInt64, each count: UInt64, meanwhile: () throws -> Void = {}) throws
  {
    let workers = (0..<threads).map { thread in
      Worker { for number in 0..<count { record(number, thread: thread) } }
    }
    try meanwhile()
    for worker in workers { try worker.join() }
  }

  /// What a small ring holds after `body`, once no other test has recorded in it meanwhile.
  private func undisturbed(_ body: () throws -> Void) throws -> [FlightRecord] {
    for _ in 0..<10_000 {
      try body()
      let all = try FlightRecord.all(in: path)
      if !all.contains(where: \.isOthers) { return all }
      sched_yield()
    }
    throw Disturbed()
  }

  private struct Disturbed: Error {}

  @Test("what two threads record at once is all there, once, and whole")
  func losesNothing() throws {
    // Half of the places hold events at least, and there is room for what other tests record.
    try FlightRecorder.start(path, events: 1 << 19)
    try hammer(threads: 2, each: 60_000)
    let ours = try FlightRecord.all(in: path).filter(\.isOurs)
    #expect(ours.count == 120_000)
    #expect(ours.allSatisfy { $0.isWhole && $0.sequence % 2 == 0 })
    #expect(Set(ours.map(\.object)).count == 120_000)
    #expect(Set(ours.map(\.sequence)).count == 120_000)
  }

  @Test("a ring that is gone round many times a moment holds whole records, never mixed ones")
  func tearsNothing() throws {
    try FlightRecorder.start(path, events: 1)
    var most = 0
    for _ in 0..<20 {
      try hammer(threads: 8, each: 5000)
      let ours = try FlightRecord.all(in: path).filter(\.isOurs)
      most = max(most, ours.count)
      #expect(ours.allSatisfy { $0.isWhole })
    }
    // Other tests record meanwhile, and may take many of the 64 places before these are read.
    #expect(most > 32)
  }

  @Test(
    "the place of a thread that is a round behind, or ahead, is left to it, and nothing is lost",
    arguments: [2 * (20 + 1) | 1, 2 * (1_000_020 + 1)] as [UInt64])
  func leavesPlaces(taken: UInt64) throws {
    let all = try undisturbed {
      try FlightRecorder.start(path, events: 64)
      try FlightRecord.put(taken, at: 20, in: path)
      for number in 1...500 as ClosedRange<UInt64> { record(number, thread: 3) }
    }
    #expect(all[20].sequence == taken)
    #expect(all[20].context == 0)
    let ours = all.filter(\.isOurs)
    #expect(ours.allSatisfy { $0.isWhole })
    #expect(Set(ours.map(\.generation)).isSuperset(of: 481...500))
  }

  @Test("who reads while others write can tell a whole record from a half-written one")
  func showsHalves() throws {
    try FlightRecorder.start(path, events: 1)
    try hammer(threads: 2, each: 100_000) {
      for _ in 0..<300 {
        let once = try FlightRecord.all(in: path)
        let again = try FlightRecord.all(in: path)
        for (first, second) in zip(once, again)
        where first.isOurs && first.sequence == second.sequence && first.sequence % 2 == 0 {
          #expect(first.isWhole)
        }
      }
    }
  }

  @Test("recording ends and begins while others record, in rings of any size")
  func changes() throws {
    try hammer(threads: 4, each: 200_000) {
      for round in 0..<60 {
        try FlightRecorder.start(path, events: [1, 1000, 70_000][round % 3])
        if round % 2 == 0 { FlightRecorder.stop() }
      }
    }
    try FlightRecorder.start(path, events: 1 << 16)
    record(7, thread: 1)
    #expect(try FlightRecord.all(in: path).filter(\.isOurs).map(\.generation) == [7])
  }

  @Test("where a recording was there is memory after its end, for a thread that is late")
  func staysMapped() throws {
    try FlightRecorder.start(path, events: 64)
    let before = try #require(Self.mappings().first { $0.hasSuffix(path) })
    let start = before.prefix { $0 != "-" }
    FlightRecorder.stop()
    let after = try #require(Self.mappings().first { Self.covers($0, start) })
    #expect(after.contains(" rw-p "))
    #expect(!after.hasSuffix(path))
  }

  /// The lines of `/proc/self/maps`.
  private static func mappings() throws -> [String] {
    let file = unsafe open("/proc/self/maps", O_RDONLY)
    try #require(file >= 0)
    defer { close(file) }
    var text: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = unsafe read(file, &chunk, 65536)
      guard count > 0 else { break }
      text += chunk.prefix(count)
    }
    return String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private static func covers(_ line: String, _ address: Substring) -> Bool {
    let ends = line.prefix { $0 != " " }.split(separator: "-").compactMap { UInt($0, radix: 16) }
    guard ends.count == 2, let address = UInt(address, radix: 16) else { return false }
    return ends[0] <= address && address < ends[1]
  }

  @Test("nothing is recorded before the start and after the end")
  func isQuiet() throws {
    record(1, thread: 1)
    try FlightRecorder.start(path, events: 1 << 16)
    record(2, thread: 1)
    FlightRecorder.stop()
    record(3, thread: 1)
    #expect(try FlightRecord.all(in: path).filter(\.isOurs).map(\.generation) == [2])
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
