import Testing

@testable import ZCVideo

/// Pictures in the order in which they come out: packet, and whether it is a key frame. By hand, of groups
/// `I P B B P B B` whose B are shown before the P that was decoded before them.
@Suite struct DamageTracesTests {
  /// What is said of each, in order.
  private func said(
    _ pictures: [(packet: Int, isKey: Bool)], _ traces: inout DamageTraces
  ) -> [Bool] {
    pictures.map { traces.reach($0.packet, isKey: $0.isKey) }
  }

  @Test("without damage nothing is suspect") func sound() {
    var traces = DamageTraces()
    #expect(
      said([(0, true), (2, false), (1, false), (3, true)], &traces) == [false, false, false, false])
  }

  @Test("what was decoded before the damage is whole, and shown later or not")
  func before() {
    var traces = DamageTraces()
    traces.note(4)
    #expect(said([(2, false), (3, false), (1, false)], &traces) == [false, false, false])
  }

  @Test("after damage everything is suspect until a key frame comes out")
  func after() {
    var traces = DamageTraces()
    traces.note(1)
    #expect(
      said([(2, false), (3, false), (9, true), (11, false), (10, false)], &traces)
        == [true, true, false, false, false])
  }

  @Test("leading pictures, shown before a key frame and decoded after it, are suspect")
  func leading() {
    var traces = DamageTraces()
    traces.note(1)
    // Key packet 5, and its leading pictures 6 and 7.
    #expect(
      said([(6, false), (7, false), (5, true), (8, false)], &traces) == [true, true, false, false])
  }

  @Test("a key frame ends only what was damaged before it")
  func later() {
    var traces = DamageTraces()
    traces.note(1)
    traces.note(7)
    #expect(
      said([(3, false), (5, true), (6, false), (8, false), (10, true), (11, false)], &traces)
        == [true, false, false, true, false, false])
  }

  @Test("damage is noted in any order, once or twice")
  func order() {
    var traces = DamageTraces()
    for packet in [7, 1, 7, 1] { traces.note(packet) }
    #expect(said([(5, true), (6, false), (8, false)], &traces) == [false, false, true])
  }

  @Test("more damage than is told apart makes more suspect, never less")
  func many() {
    var traces = DamageTraces()
    for packet in 0..<1000 { traces.note(packet) }
    // Which of those are remembered nobody knows: a key frame among them ends nothing.
    #expect(said([(500, true), (501, false), (999, false)], &traces) == [false, true, true])
    #expect(said([(1000, true), (1001, false)], &traces) == [false, false])
  }
}
