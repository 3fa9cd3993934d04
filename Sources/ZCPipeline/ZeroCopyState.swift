/// Which road a video's frames take from the decoder to the GPU, and why. Pure policy: told what
/// became of each frame, it says what to try with the next.
///
/// `zeroCopy` is earned: by `needed` frames in a row that were presented through imports. A frame
/// that went another way ends it. Time is counted in frames, so that there is no clock inside.
package struct ZeroCopyState: Hashable, Sendable {
  /// What the program asked for.
  package enum Mode: String, CaseIterable, Sendable {
    /// Without a copy where that works.
    case automatic = "auto"
    /// Without a copy, or not at all.
    case required = "require"
    /// By download, always.
    case off
  }

  package enum Phase: String, CaseIterable, Sendable {
    /// Decoded on the CPU.
    case software
    /// Decoded by a device, copied to memory, uploaded.
    case download = "hw_download"
    /// Imports are tried, and not proven yet.
    case pending
    /// Each frame is presented in the memory that it was decoded into.
    case zeroCopy = "zero_copy"
    /// The program forbids every road there is.
    case blocked
  }

  /// Why a frame, or all of them, take another road.
  package enum Reason: String, CaseIterable, Sendable {
    case softwareDecoding = "software decoding"
    /// The context, or the device, cannot import or export at all.
    case noCapability = "no capability"
    case unsupportedFormat = "unsupported format"
    case importFailure = "import failure"
    /// Waiting for the device, exporting, or drawing failed.
    case backendFailure = "backend failure"
    /// The frame was moved to memory, so that the decoder could go on.
    case poolPressure = "pool pressure"
    /// The program wants it so.
    case forced
  }

  /// A reason, and the words of whoever refused.
  package struct Refusal: Hashable, Sendable {
    package let reason: Reason
    package let detail: String

    package init(_ reason: Reason, _ detail: String) {
      self.reason = reason
      self.detail = detail
    }

    package var words: String { detail.isEmpty ? reason.rawValue : "\(reason.rawValue): \(detail)" }
  }

  package struct Counts: Hashable, Sendable {
    /// Frames that were presented: `imported` and `copied` of them.
    package var presented = 0
    package var imported = 0
    package var copied = 0
    /// Frames that could not be presented at all, or not as the program wants it.
    package var dropped = 0
    /// How often `zeroCopy` was reached.
    package var activations = 0
    /// Imports that were tried anew after a while of copies.
    package var probes = 0
    /// Copied frames, by reason.
    package var reasons: [Reason: Int] = [:]
  }

  package let mode: Mode
  package private(set) var phase: Phase
  /// Why it is not, or no longer, `zeroCopy`.
  package private(set) var refusal: Refusal?
  /// Presented through imports since the last frame that was not.
  package private(set) var streak = 0
  package private(set) var counts = Counts()
  private(set) var backOff = BackOff()
  let needed: Int

  /// - Parameters:
  ///   - mode: what the program asked for.
  ///   - refusal: what is known from the start: why imports cannot be, if they cannot.
  ///   - needed: frames in a row after which imports are trusted.
  package init(mode: Mode = .automatic, refusal: Refusal?, needed: Int = 12) {
    self.mode = mode
    self.needed = max(1, needed)
    phase = .pending
    begin(refusal)
  }

  /// The decoder, the format or the context is another one: what was learnt of the last is void.
  package mutating func begin(_ refusal: Refusal?) {
    streak = 0
    backOff = BackOff()
    let isSoftware = refusal?.reason == .softwareDecoding
    self.refusal =
      mode == .off && !isSoftware ? Refusal(.forced, "zero_copy=\"off\"") : refusal
    phase =
      switch (self.refusal, mode) {
      case (nil, _): .pending
      case (_, .required): .blocked
      default: isSoftware ? .software : .download
      }
  }

  /// Whether the next frame's import should be tried. Asking is waiting one frame.
  package mutating func tries() -> Bool {
    switch phase {
    case .pending, .zeroCopy: return true
    case .software, .blocked: return false
    case .download:
      guard refusal?.reason.canPass ?? false, backOff.isOver() else { return false }
      counts.probes += 1
      return true
    }
  }

  /// A frame was presented in its own memory.
  package mutating func presentedImport() {
    counts.presented += 1
    counts.imported += 1
    streak += 1
    if phase == .download { phase = .pending }
    guard phase == .pending, streak >= needed else { return }
    phase = .zeroCopy
    refusal = nil
    backOff = BackOff()
    counts.activations += 1
  }

  /// A frame was presented by way of a copy.
  ///
  /// - Parameter refused: why, if its import was tried, or could not be.
  package mutating func presentedCopy(_ refused: Refusal? = nil) {
    counts.presented += 1
    counts.copied += 1
    if let why = refused?.reason ?? refusal?.reason { counts.reasons[why, default: 0] += 1 }
    streak = 0
    if let refused { fallBack(refused) }
  }

  /// A frame was not presented, since its import failed and no copy is allowed: the next one is
  /// tried, where it may fare better.
  package mutating func refuse(_ refused: Refusal?) {
    counts.dropped += 1
    streak = 0
    guard let refused, phase != .blocked else { return }
    refusal = refused
    phase = refused.reason.canPass ? .pending : .blocked
  }

  /// A frame could not be presented; it says nothing of imports.
  package mutating func dropped() { counts.dropped += 1 }

  private mutating func fallBack(_ refused: Refusal) {
    guard phase != .software, phase != .blocked else { return }
    refusal = refused
    switch refused.reason {
    // Its import had worked: those that come next may stay where they are.
    case .poolPressure: phase = .pending
    case .softwareDecoding: phase = .software
    default:
      phase = .download
      backOff.lengthen()
    }
  }
}

extension ZeroCopyState.Reason {
  /// Whether the next frame may fare better than this one.
  var canPass: Bool {
    switch self {
    case .importFailure, .backendFailure, .poolPressure: true
    case .softwareDecoding, .noCapability, .unsupportedFormat, .forced: false
    }
  }
}

extension ZeroCopyState {
  /// How many frames to let go by before imports are tried again: twice as many each time.
  struct BackOff: Hashable, Sendable {
    static let first = 12
    static let most = 768

    private(set) var length = 0
    private(set) var left = 0

    mutating func lengthen() {
      length = length == 0 ? Self.first : min(length * 2, Self.most)
      left = length
    }

    /// One more frame goes by.
    mutating func isOver() -> Bool {
      if left > 0 { left -= 1 }
      return left == 0
    }
  }
}
