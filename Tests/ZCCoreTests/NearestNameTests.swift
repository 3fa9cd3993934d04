import Testing
import ZCCore

@Suite("the nearest name")
struct NearestNameTests {
  @Test(
    "it is the one of the fewest changes, and none where too many are needed",
    arguments: [
      ("levle", "level"), ("LEVEL", "level"), ("sped", "speed"), ("colour", nil), ("", nil),
      ("levelspeedblur", nil),
    ])
  func nearest(name: String, expected: String?) {
    #expect(NearestName.of(name, among: ["speed", "level", "blur"]) == expected)
  }

  @Test("a very long name is no work")
  func long() {
    let name = String(repeating: "a", count: 1_000_000)
    #expect(NearestName.of(name, among: ["speed"]) == nil)
  }
}
