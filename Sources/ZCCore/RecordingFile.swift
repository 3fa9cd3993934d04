import CFlight
import Glibc

/// A flight recording on disk: made whole or not at all.
enum RecordingFile {
  /// Looks whether a recording may come to `path`.
  /// - Throws: `output` where something lies there that a recording must not replace.
  static func check(_ path: String) throws(ZCError) {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      if errno == ENOENT { return }
      throw failure(path)
    }
    defer { close(file) }
    var facts = stat()
    guard unsafe fstat(file, &facts) == 0 else { throw failure(path) }
    guard facts.st_mode & S_IFMT == S_IFREG else { throw failure(path, "is not a file") }
    guard facts.st_size > 0 else { return }
    var header = zcf_header()
    let isWhole =
      unsafe pread(file, &header, MemoryLayout<zcf_header>.size, 0)
      == MemoryLayout<zcf_header>.size
    let isRecording = unsafe withUnsafeBytes(of: header.magic) { magic in
      unsafe magic.elementsEqual(ZCF_MAGIC.utf8)
    }
    guard isWhole, isRecording else {
      throw failure(path, "is a file, but no flight recording; it is left as it is")
    }
    let process = pid_t(truncatingIfNeeded: header.process)
    guard header.state == UInt32(ZCF_RECORDING), process != getpid(),
      let start = startOf(process), start == header.process_start
    else { return }
    throw failure(
      path,
      "is the recording of process \(process), which lives; %p in the name is the number of "
        + "the process, so that each has its own")
  }

  /// Makes the file and maps it.
  static func make(_ path: String, log2Capacity: UInt32) throws(ZCError) {
    // Of a symbolic link, what it leads to is replaced.
    let resolved = unsafe realpath(path, nil)
    defer { unsafe free(resolved) }
    let place = unsafe resolved.map { unsafe String(cString: $0) } ?? path
    let fresh = place + ".\(getpid()).new"
    let file = unsafe open(fresh, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard file >= 0 else { throw failure(path) }
    defer { close(file) }
    var isDone = false
    defer { if !isDone { unsafe unlink(fresh) } }
    let bytes = ZCF_HEADER_BYTES + MemoryLayout<zcf_record>.size << Int(log2Capacity)
    // All of it now: a disk that is full later would end the process by a signal.
    var code = posix_fallocate(file, 0, bytes)
    guard code == 0 else { throw failure(path, code: code) }
    code = unsafe zcf_map(file, log2Capacity, startOf(getpid()) ?? 0, names)
    guard code == 0 else { throw failure(path, code: code) }
    guard unsafe rename(fresh, place) == 0 else {
      let code = errno
      zcf_unmap()
      throw failure(path, code: code)
    }
    isDone = true
  }

  /// The names of events and roles, as the file holds them.
  private static var names: [CChar] {
    var names = [CChar](repeating: 0, count: ZCF_NAMES * ZCF_NAME_BYTES)
    let known =
      FlightEvent.allCases.map { (Int($0.rawValue), $0.name) }
      + Role.allCases.map { (ZCF_ROLES + 1 + Int($0.rawValue), "\($0)") }
    for (number, name) in known {
      for (offset, byte) in name.utf8.prefix(ZCF_NAME_BYTES - 1).enumerated() {
        names[number * ZCF_NAME_BYTES + offset] = CChar(bitPattern: byte)
      }
    }
    return names
  }

  /// When a process started, in clock ticks since boot; nil where there is none of that number.
  private static func startOf(_ process: pid_t) -> UInt64? {
    let file = unsafe open("/proc/\(process)/stat", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    let text = unsafe String(unsafeUninitializedCapacity: 1024) { bytes in
      unsafe max(read(file, bytes.baseAddress, bytes.count), 0)
    }
    // The second field is a name in parentheses that may hold anything; the 22nd is the start.
    guard let end = text.lastIndex(of: ")") else { return nil }
    let fields = text[end...].split(separator: " ")
    return fields.count > 20 ? UInt64(fields[20]) : nil
  }

  private static func failure(_ path: String, code: Int32 = errno) -> ZCError {
    // The text is the C library's own, and stays.
    let reason = unsafe zcf_reason(code).map { unsafe String(cString: $0) }
    return failure(path, reason ?? "error \(code)")
  }

  private static func failure(_ path: String, _ reason: String) -> ZCError {
    .output("the flight recording \(path): \(reason)")
  }
}
