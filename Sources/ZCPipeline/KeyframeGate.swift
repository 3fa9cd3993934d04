import ZCCore

/// Keeps what cannot be decoded from a decoder: nothing passes until the first keyframe after a
/// discontinuity. Meanwhile it says when to ask whoever sends for one. Times are seconds of the
/// caller's clock.
package struct KeyframeGate: Hashable, Sendable {
  /// Why a gate is closed.
  package enum Reason: String, CaseIterable, Hashable, Sendable {
    /// Nothing has come yet.
    case start
    /// What comes next does not follow what came before.
    case discontinuity
    /// More waited than may.
    case backlog
    /// A packet could not be decoded.
    case broken
  }

  /// How long to wait before asking again: twice as long each time.
  package struct BackOff: Hashable, Sendable {
    package var first: Double
    package var most: Double

    package init(first: Double = 0.25, most: Double = 4) {
      self.first = max(0, first)
      self.most = max(self.first, most)
    }
  }

  package struct Counts: Hashable, Sendable {
    package fileprivate(set) var closures: [Reason: Int] = [:]
    /// Packets that did not pass.
    package fileprivate(set) var refused = 0
    package fileprivate(set) var requests = 0
  }

  package private(set) var reason: Reason? = .start
  package private(set) var counts = Counts()
  private let backOff: BackOff
  /// When it asked last, and how long it waits before it asks again.
  private var request: Request?

  private struct Request: Hashable, Sendable {
    let time: Double
    let wait: Double
  }

  package init(backOff: BackOff = BackOff()) { self.backOff = backOff }

  package var isClosed: Bool { reason != nil }

  /// Whether a packet may go to the decoder.
  package mutating func admits(isKey: Bool) -> Bool {
    if isKey || !Guards.keep(.gates) { open() }
    if isClosed { counts.refused &+= 1 }
    return !isClosed
  }

  /// The packets that come next do not follow those before. A gate that is closed stays so, and
  /// asks no sooner than it would have.
  package mutating func close(_ reason: Reason) {
    guard self.reason == nil else { return }
    self.reason = reason
    counts.closures[reason, default: 0] += 1
  }

  private mutating func open() {
    reason = nil
    request = nil
  }

  /// Whether to ask for a keyframe at `now`. Who is told so asks, since it is told once a wait.
  package mutating func asks(at now: Double) -> Bool {
    guard isClosed else { return false }
    var wait = backOff.first
    if let request {
      guard now >= request.time + request.wait else { return false }
      wait = min(request.wait * 2, backOff.most)
    }
    request = Request(time: now, wait: wait)
    counts.requests &+= 1
    return true
  }
}
