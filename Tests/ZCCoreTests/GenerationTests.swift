import Testing
import ZCCore

@Suite("Generation")
struct GenerationTests {
  @Test("each generation is another, and later than the one before")
  func order() {
    let second = Generation.first.next
    #expect(Generation.first < second)
    #expect(second < second.next)
    #expect(!(second < Generation.first))
    #expect(second != .first)
  }

  @Test("the last generation that 64 bits count has a next one all the same")
  func wraps() {
    #expect(Generation(rawValue: .max).next.rawValue == 0)
  }
}
