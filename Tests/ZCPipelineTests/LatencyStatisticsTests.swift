import Testing
import ZCPipeline

@Suite("latencies")
struct LatencyStatisticsTests {
  @Test("percentiles are of the nearest rank")
  func ranks() {
    var times = LatencyStatistics()
    for seconds in [0.05, 0.01, 0.03, 0.02, 0.04] { times.add(seconds) }
    // 5 values: the median is the 3rd, 90 % is the 5th, 20 % the 1st, 21 % the 2nd.
    #expect(times.percentiles([50, 90, 20, 21]) == [0.03, 0.05, 0.01, 0.02])
    #expect(times.percentile(0) == 0.01 && times.percentile(100) == 0.05)
    #expect(times.percentile(-5) == 0.01 && times.percentile(200) == 0.05)
  }

  @Test("the latest are kept; number, sum and most are of all")
  func window() {
    var times = LatencyStatistics(capacity: 3)
    for seconds in [9.0, 1, 2, 3] { times.add(seconds) }
    #expect(times.percentile(100) == 3)
    #expect(times.count == 4 && times.total == 15 && times.most == 9 && times.mean == 3.75)
  }

  @Test("without a time there is no percentile, and what is no time is left out")
  func none() {
    var times = LatencyStatistics()
    for seconds in [-1, Double.nan, .infinity] { times.add(seconds) }
    #expect(times.percentile(50) == nil && times.mean == nil && times.count == 0)
    times.add(1)
    #expect(times.percentile(.nan) == nil)
  }
}
