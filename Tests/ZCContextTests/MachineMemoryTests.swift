import Testing

@testable import ZCContext

@Suite("MachineMemory")
struct MachineMemoryTests {
  @Test("a pool's budget is there, and at most 2 GiB")
  func budget() {
    #expect(MachineMemory.poolBudget > 0)
    #expect(MachineMemory.poolBudget <= 2 << 30)
  }

  @Test("limits are those of the process's own group and of all around it")
  func unified() {
    #expect(
      MachineMemory.limitFiles("0::/user/app\n") == [
        "/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/user/memory.max",
        "/sys/fs/cgroup/user/app/memory.max",
      ])
    #expect(MachineMemory.limitFiles("0::/\n") == ["/sys/fs/cgroup/memory.max"])
  }

  @Test("of the older groups only the one for memory counts")
  func older() {
    #expect(
      MachineMemory.limitFiles("4:cpu:/a\n3:hugetlb,memory:/a\n") == [
        "/sys/fs/cgroup/memory/memory.limit_in_bytes",
        "/sys/fs/cgroup/memory/a/memory.limit_in_bytes",
      ])
  }

  @Test(
    "what is no list of groups names no file",
    arguments: ["", "\n\n", "nonsense", "1:2", "::", ":"])
  func nonsense(text: String) {
    #expect(MachineMemory.limitFiles(text) == [])
  }

  @Test(
    "a limit is a number, or there is none",
    arguments: [
      ("1073741824\n", 1 << 30), ("512", 512), ("max\n", nil), ("", nil), ("0\n", nil),
      ("-1\n", nil), ("99999999999999999999999\n", nil),
    ] as [(String, Int?)])
  func limit(text: String, bytes: Int?) {
    #expect(MachineMemory.limit(text) == bytes)
  }
}
