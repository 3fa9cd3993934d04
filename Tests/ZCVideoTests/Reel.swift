import Testing
import ZCCore
import ZCTestSupport

@testable import ZCVideo

/// A source for pipelines that has what a test puts into it, and remembers what it was told.
final class Reel: PipelineSource {
  private let outcomes = Lock<[DecodeOutcome]>([])
  private let told = Lock<[String]>([])
  let road = FrameRoad(DecodingBackend(because: nil))
  /// What a pipeline's stop and close do, beside being remembered.
  let onStop: @Sendable () -> Void
  let onClose: @Sendable () -> Void

  init(onStop: @escaping @Sendable () -> Void = {}, onClose: @escaping @Sendable () -> Void = {}) {
    self.onStop = onStop
    self.onClose = onClose
  }

  var calls: [String] { told.withLock { $0 } }
  var waiting: Int { outcomes.withLock { $0.count } }
  func put(_ outcome: DecodeOutcome) { outcomes.withLock { $0.append(outcome) } }
  private func note(_ call: String) { told.withLock { $0.append(call) } }

  func take() -> DecodeOutcome? { outcomes.withLock { $0.isEmpty ? nil : $0.removeFirst() } }

  func stop() {
    note("stop")
    onStop()
  }

  func abandon() { note("abandon") }

  func close() {
    note("close")
    onClose()
  }

  func flush() {
    let letGo = outcomes.withLock { outcomes in
      defer { outcomes = [] }
      return outcomes
    }
    _ = letGo
  }

  var isRepeatable: Bool { true }
  func asks(at now: Double) -> Bool { false }
  var report: JSONText { .object([]) }

  /// Frames as a decoder hands them over, a tenth of a second apart, 64 x 48.
  static func frames(_ count: Int) throws -> [VideoFrame] {
    let files = try MediaFiles()
    let path = try MediaPath(Array(try files.bars().utf8))
    let media = try MediaReader(path, try MediaFiles.library.get())
    let stream = media.streams[0]
    var reader = try FrameReader(
      media, stream: stream.index, threads: 1, backend: DecodingBackend(because: nil))
    var frames: [VideoFrame] = []
    while frames.count < count, case .picture(let picture) = try reader.next() {
      let facts = VideoFrameFacts(
        picture, of: stream, number: frames.count, seconds: Double(frames.count) / 10)
      frames.append(try VideoFrame(picture, facts, as: .decoder))
    }
    try #require(frames.count == count)
    return frames
  }
}
