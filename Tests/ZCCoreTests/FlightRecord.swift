import Glibc
import Testing
import ZCCore

/// The records of one file, read as anyone would: through the file.
struct FlightRecord {
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

  static func all(in path: String) throws -> [FlightRecord] {
    let words = try words(of: path)
    return stride(from: 4096 / 8, to: words.count, by: size / 8).map {
      FlightRecord(words[$0..<$0 + size / 8])
    }
  }

  /// Writes the sequence of one record, as a thread that is writing it would.
  static func put(_ sequence: UInt64, at place: Int, in path: String) throws {
    let file = unsafe open(path, O_WRONLY)
    try #require(file >= 0)
    defer { close(file) }
    var sequence = sequence
    try #require(unsafe pwrite(file, &sequence, 8, off_t(4096 + size * place)) == 8)
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

func record(_ number: UInt64, thread: UInt64) {
  Flight.record(
    .draw,
    FlightSubject(
      context: marker + thread, Generation(rawValue: number), object: thread << 32 | number,
      bytes: mixed(thread, number)))
}

extension FlightRecord {
  var isOurs: Bool { context & ~0xFFFF == marker }
  /// Another test's.
  var isOthers: Bool { !isOurs && generation != 0 }
  var isWhole: Bool {
    let thread = context - marker
    return object == thread << 32 | generation && Int(bytes) == mixed(thread, generation)
  }
}
