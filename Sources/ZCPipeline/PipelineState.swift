/// Where a pipeline is in its life. Once it stops it moves forward only.
package enum PipelineState: Hashable, Sendable {
  /// Frames come.
  case running
  /// The source has no more, or failed: what waits may still be shown.
  case ended
  /// It is being taken down: this step is next.
  case stopping(Step)
  case stopped

  /// What stopping does, in this order: whoever uses something stops before what it uses.
  package enum Step: UInt8, CaseIterable, Hashable, Sendable {
    /// Nobody makes frames any more.
    case stopWorkers
    /// Nothing waits to be shown, and nothing is shown.
    case drainPresenter
    /// Nothing is kept for later.
    case dropCache
    /// What was drawn with is the GPU's alone, behind a fence.
    case flushGPU
    /// Nobody needs the decoder any more.
    case closeDecoder

    fileprivate var next: Step? { Step(rawValue: rawValue + 1) }
  }

  /// Frames may be asked for.
  package var isOpen: Bool { self == .running || self == .ended }

  /// The source has no more.
  package mutating func end() {
    if self == .running { self = .ended }
  }

  /// The source begins anew.
  package mutating func resume() {
    if self == .ended { self = .running }
  }

  /// Begins to stop, from any state.
  /// - Returns: whether the caller is to do so; otherwise somebody does, or has.
  package mutating func stop() -> Bool {
    guard isOpen else { return false }
    self = .stopping(.stopWorkers)
    return true
  }

  /// What is to be done next.
  package var step: Step? {
    if case .stopping(let step) = self { step } else { nil }
  }

  /// That step is done, or failed: stopping goes on all the same.
  package mutating func finish(_ step: Step) {
    guard self == .stopping(step) else { return }
    self = step.next.map { .stopping($0) } ?? .stopped
  }

  /// That step of stopping is behind it.
  func isPast(_ step: Step) -> Bool {
    switch self {
    case .running, .ended: false
    case .stopping(let next): next.rawValue > step.rawValue
    case .stopped: true
    }
  }

  /// For people to read.
  package var word: String {
    switch self {
    case .running: "running"
    case .ended: "ended"
    case .stopping: "stopping"
    case .stopped: "stopped"
    }
  }
}
