import Testing
import ZCCore

@testable import ZCRender

@Suite("FrameClock")
struct FrameClockTests {
  private func request(
    _ time: Double, delta: Double? = nil, index: Int64? = nil, date: SIMD4<Double>? = nil
  ) -> RenderRequest {
    RenderRequest(width: 1, height: 1, time: time, timeDelta: delta, frameIndex: index, date: date)
  }

  @Test("the first frame's delta is 0, and each later one's is the step")
  func steps() throws {
    var clock = FrameClock()
    let ticks = try [5, 5.5, 5.25, 5.25].map { try clock.tick(request($0)) }
    #expect(ticks.map(\.time) == [5, 5.5, 5.25, 5.25])
    #expect(ticks.map(\.timeDelta) == [0, 0.5, -0.25, 0])
    #expect(ticks.map(\.frameIndex) == [0, 1, 2, 3])
  }

  @Test("a given delta is taken, and the next one is a step again")
  func givenDelta() throws {
    var clock = FrameClock()
    #expect(try clock.tick(request(1, delta: 9)).timeDelta == 9)
    #expect(try clock.tick(request(3)).timeDelta == 2)
  }

  @Test("a given index is taken, and counted on from")
  func givenIndex() throws {
    var clock = FrameClock()
    #expect(try clock.tick(request(0, index: 100)).frameIndex == 100)
    #expect(try clock.tick(request(0)).frameIndex == 101)
  }

  @Test("an index that GLSL's int does not hold is refused", arguments: [-1, 1 << 31, .max, .min])
  func indexOutside(index: Int64) {
    var clock = FrameClock()
    let error = #expect(throws: ZCError.self) { try clock.tick(request(0, index: index)) }
    #expect(error == .invalidArgument("frame_index is 0 to 2147483647, not \(index)"))
  }

  @Test("after the last index frames are counted from 0 again")
  func lastIndex() throws {
    var clock = FrameClock()
    #expect(try clock.tick(request(0, index: Int64(Int32.max))).frameIndex == .max)
    #expect(try clock.tick(request(0)).frameIndex == 0)
    #expect(try clock.tick(request(0)).frameIndex == 1)
  }

  @Test(
    "times that no 32-bit float holds are refused",
    arguments: [Double.nan, .infinity, -.infinity, 1e39, -.greatestFiniteMagnitude])
  func notFinite(time: Double) {
    var clock = FrameClock()
    #expect(throws: ZCError.self) { try clock.tick(request(time)) }
    #expect(throws: ZCError.self) { try clock.tick(request(0, delta: time)) }
    #expect(clock == FrameClock())
  }

  @Test("times as far apart as numbers go are no crash")
  func extremes() throws {
    var clock = FrameClock()
    for time in [
      -Double(Float.greatestFiniteMagnitude), Double(Float.greatestFiniteMagnitude), 0,
      .leastNonzeroMagnitude,
    ] {
      #expect(try clock.tick(request(time)).time == time)
    }
  }

  @Test("a refused frame leaves the clock where it was")
  func refused() throws {
    var clock = FrameClock()
    _ = try clock.tick(request(1))
    let before = clock
    #expect(throws: ZCError.self) { try clock.tick(request(.nan)) }
    #expect(throws: ZCError.self) { try clock.tick(request(2, index: -1)) }
    #expect(clock == before)
  }

  @Test("a given date is taken as it is")
  func date() throws {
    var clock = FrameClock()
    let date = SIMD4<Double>(2024, 2, 29, 86399.5)
    #expect(try clock.tick(request(0, date: date)).date == date)
    #expect(try clock.tick(request(0)).date == nil)
  }

  @Test("now is a year, a month from 1, a day from 1 and the seconds of a day")
  func now() {
    let now = FrameClock.now()
    #expect(now.x >= 2024)
    #expect((1...12).contains(now.y))
    #expect((1...31).contains(now.z))
    #expect((0..<86401).contains(now.w))
  }
}
