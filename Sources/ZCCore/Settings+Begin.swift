import CFlight

extension Settings {
  /// Starts what the environment asks for, once a process. What is wrong with it is told in the
  /// log: a wish to watch a program must not end it.
  package static func begin() { _ = begun.current }

  private static let begun = PerProcess { Begun() }

  private final class Begun: Sendable {
    init() {
      let wanted = Settings.environment
      if let words = wanted.log {
        let (topics, unknown) = LogTopic.parse(words)
        zcf_listen(topics.rawValue)
        for word in unknown {
          Log.warn("ZCGPU_LOG has no word '\(word)'; there are \(LogTopic.all)")
        }
      }
      if wanted.videoConversion == nil, let word = Settings.variable("ZCGPU_VIDEO_CONVERT") {
        Log.warn(
          "ZCGPU_VIDEO_CONVERT is 'cpu' or 'shader', not '\(word)'; it is left to the driver")
      }
      guard let path = wanted.flightRecorder else { return }
      let started = Result { () throws(ZCError) in
        try FlightRecorder.start(path, events: FlightRecorder.defaultEvents)
      }
      if case .failure(let error) = started {
        Log.warn("ZCGPU_FLIGHT_RECORDER: \(error.description)")
      }
    }
  }
}
