import ZCCore
import ZCPipeline

/// Decodes a video ahead of whoever shows it, on a thread of its own: frame after frame.
final class VideoFeed: Sendable {
  private typealias Queue = DecodeQueue<Int, DecodeOutcome>

  private let video: Video
  private let queue: Monitor<Queue>
  private let figures = Lock((failures: 0, decode: LatencyStatistics()))

  init(_ video: Video, ahead: Int) {
    self.video = video
    queue = Monitor(Queue(backlog: 1, ahead: ahead, overflow: .refuse, isFrame: \.isFrame))
  }

  /// The thread: until it is stopped, or the video ends.
  func run() {
    var number = 0
    while true {
      let begin = MonotonicClock.now
      let video = video
      let step = Result { () throws(ZCError) in try video.frame(number) }
      let time = MonotonicClock.now - begin
      let outcome: DecodeOutcome
      switch step {
      case .success(let frame): outcome = frame.map { .frame($0) } ?? .end
      case .failure(let error): outcome = .failure(error)
      }
      figures.withLock { figures in
        if case .failure = step { figures.failures &+= 1 }
        figures.decode.add(time)
      }
      let delivery = queue.wait { queue in queue.deliver(outcome, round: 0) }
      if case .dropped = delivery { return }
      if case .failure(.poolExhausted) = step {
        // Whoever takes that may let go of frames: the same one is decoded then.
        guard queue.wait({ queue in queue.taking(round: 0) }) == .taken else { return }
        continue
      }
      number += 1
      if case .success(nil) = step { return }
      // Nobody is to be told for ever that it is closed.
      guard case .failure(let error) = step, !error.isOfMedia else { continue }
      if Guards.keep(.endings) { _ = queue.wait { queue in queue.deliver(.end, round: 0) } }
      return
    }
  }

  func take() -> DecodeOutcome? { queue.change { queue in queue.take() } }

  func stop() {
    let letGo = queue.change { queue in queue.stop() }
    _ = letGo  // dropped outside of the lock
  }

  var report: JSONText {
    let (counts, waiting) = queue.change { queue in (queue.counts, queue.frameCount) }
    let (failures, decode) = figures.withLock { ($0.failures, $0.decode.report) }
    return .object([
      ("frames_decoded", .integer(counts.decoded)), ("frames_waiting", .integer(waiting)),
      ("frames_received", .integer(counts.delivered)), ("failures", .integer(failures)),
      ("decode", decode),
    ])
  }
}

extension ZCError {
  /// A packet's or a frame's fault: others may be had.
  fileprivate var isOfMedia: Bool {
    if case .media = self { true } else { false }
  }
}
