import Testing
import ZCCore

@Suite("The log")
struct LogTests {
  @Test("lines are taken in the order in which they came")
  func order() {
    let log = Log(capacity: 4)
    log.add(.debug, "one")
    log.add(.warning, "two")
    #expect(log.take().map { [$0.text, "\($0.level)"] } == ["one", "debug"])
    #expect(log.take().map { [$0.text, "\($0.level)"] } == ["two", "warning"])
    #expect(log.take() == nil)
  }

  @Test("of lines that do not fit the number is told, once")
  func drops() {
    let log = Log(capacity: 2)
    for number in 0..<5 { log.add(.debug, "\(number)") }
    #expect((0..<2).map { _ in log.take()?.text } == ["0", "1"])
    #expect(log.take()?.text.hasPrefix("3 lines were dropped") == true)
    #expect(log.take() == nil)
    log.add(.debug, "more")
    #expect(log.take()?.text == "more")
  }

  @Test("words of ZCGPU_LOG are read with spaces, in any case, and unknown ones named")
  func words() {
    let (topics, unknown) = LogTopic.parse(" GL, pool,,gpu ,Lease")
    #expect(topics == [.gl, .pool, .lease])
    #expect(unknown == ["gpu"])
    #expect(LogTopic.all == "gl, lease, pool, import")
  }
}
