import FoundationEssentials
import Testing

@Suite("what the fuzzer found")
struct CrasherTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "crashers")

  @Test("each input that broke something once breaks nothing")
  func crashers() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    try #require(!files.isEmpty)
    for file in files.sorted() {
      let bytes = try Data(contentsOf: Self.folder.appending(path: file))
      #expect(TextProperties(of: Array(bytes)).broken == [], "\(file)")
    }
  }
}
