package import ZCCore

/// A frame's pixels in memory, for all who hold the frame: read back on first use.
final class FramePixels: Sendable {
  private struct State: Sendable {
    var pixels: HostPixels?
    var upright: Frame?
    var viewCount = 0
  }

  private let state = Lock(State(), rank: .frame)

  var known: HostPixels? { state.withLock { $0.pixels } }

  /// The frame turned over for shaders.
  var upright: Frame? { state.withLock { $0.upright } }

  func keep(upright fresh: Frame) -> Frame {
    state.withLock { state in
      state.upright = fresh
      return fresh
    }
  }

  /// How many views look at them.
  var viewCount: Int { state.withLock { $0.viewCount } }

  /// Keeps these pixels, unless another thread was faster.
  /// - Returns: those that are kept.
  func keep(_ fresh: HostPixels) -> HostPixels {
    state.withLock { state in
      if let kept = state.pixels { return kept }
      state.pixels = fresh
      return fresh
    }
  }

  fileprivate func beginView() { state.withLock { $0.viewCount &+= 1 } }
  fileprivate func endView() { state.withLock { $0.viewCount &-= 1 } }
}

/// One look at a frame's pixels. It keeps the pixels, and neither frame nor texture.
package final class FrameView: Sendable {
  package let pixels: HostPixels
  package let origin: FrameOrigin
  private let source: FramePixels

  init(of pixels: HostPixels, from source: FramePixels, origin: FrameOrigin) {
    self.pixels = pixels
    self.source = source
    self.origin = origin
    source.beginView()
  }

  deinit { source.endView() }
}

/// Where a frame comes from, as words and numbers: it keeps nothing alive.
package struct FrameOrigin: Hashable, Sendable {
  /// The context's ``GPUContext/serial``.
  package let context: UInt64
  package let generation: Generation
  package let record: TextureRecord

  package var subject: FlightSubject { record.subject(in: context, generation) }
}
