import Glibc

/// How much memory this process may use.
enum MachineMemory {
  /// Bytes that a context's pool may hold: a quarter of the memory, at most 2 GiB.
  static let poolBudget = min(2 << 30, available / 4)

  /// Bytes: the machine's, or fewer where a control group says so.
  private static let available: Int = {
    let machine = Int(sysconf(Int32(_SC_PHYS_PAGES)))
      .multipliedReportingOverflow(by: Int(sysconf(Int32(_SC_PAGESIZE))))
    let limits = limitFiles(contents(of: "/proc/self/cgroup") ?? "").compactMap { path in
      contents(of: path).flatMap { limit($0) }
    }
    // A machine that does not say how much it has is taken for one that has enough.
    let physical = machine.overflow || machine.partialValue <= 0 ? Int.max : machine.partialValue
    return limits.reduce(physical, min)
  }()

  /// Where the limits of a process's control groups stand: its own, and those around it. `groups`
  /// is what `/proc/self/cgroup` says: lines of number, controllers, path.
  static func limitFiles(_ groups: String) -> [String] {
    groups.split(separator: "\n").flatMap { line -> [String] in
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { return [] }
      let isUnified = fields[0] == "0" && fields[1].isEmpty
      guard isUnified || fields[1].split(separator: ",").contains("memory") else { return [] }
      let root = isUnified ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory"
      let file = isUnified ? "memory.max" : "memory.limit_in_bytes"
      let parts = fields[2].split(separator: "/")
      return (0...parts.count).map { depth in
        ([Substring(root)] + parts.prefix(depth) + [Substring(file)]).joined(separator: "/")
      }
    }
  }

  /// Bytes; nil for a group without a limit.
  static func limit(_ text: String) -> Int? {
    Int(text.prefix { $0 != "\n" }).flatMap { $0 > 0 ? $0 : nil }
  }

  /// The beginning of a small file; nil where there is none.
  private static func contents(of path: String) -> String? {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    return unsafe withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
      let count = unsafe read(file, buffer.baseAddress, buffer.count)
      guard count >= 0 else { return nil }
      return unsafe String(decoding: buffer.prefix(count), as: UTF8.self)
    }
  }
}
