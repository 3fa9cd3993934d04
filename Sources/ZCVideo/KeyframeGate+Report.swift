import ZCCore
import ZCPipeline

extension KeyframeGate {
  var report: JSONText {
    let closures = Reason.allCases.compactMap { reason in
      counts.closures[reason].map { (reason.rawValue, JSONText.integer($0)) }
    }
    return .object([
      ("closed", .bool(isClosed)), ("reason", .optional(reason?.rawValue)),
      ("refused", .integer(counts.refused)), ("requests", .integer(counts.requests)),
      ("closures", .object(closures)),
    ])
  }
}

extension LatencyStatistics {
  /// Seconds; of the latest, but for count and most.
  var report: JSONText {
    let named = zip(["p50", "p90", "p99"], percentiles([50, 90, 99]))
    return .object(
      [("count", .integer(count)), ("most", .number(most))]
        + named.map { ($0, .number($1 ?? 0)) })
  }
}
