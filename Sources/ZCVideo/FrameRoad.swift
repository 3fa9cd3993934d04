import Synchronization
import ZCContext
package import ZCCore
package import ZCPipeline

/// Who decodes a video and which road its frames take to the GPU, for the video, its frames and
/// whoever asks. It outlives the video.
package final class FrameRoad: Sendable {
  private struct State {
    var backend: DecodingBackend
    var zeroCopy: ZeroCopyState
    var downloads = 0
    var detached = 0
    /// What surfaces are known by, in the caches of contexts: those of one decoder.
    var pool = FrameRoad.pools.wrappingAdd(1, ordering: .relaxed).newValue
    var isEnded = false
    /// Where frames were shown last.
    weak var context: GPUContext?
    var generation: Generation?
  }

  private static let pools = Atomic<UInt64>(0)

  private let state: Lock<State>

  init(_ backend: DecodingBackend, _ mode: ZeroCopyState.Mode = .automatic) {
    state = Lock(State(backend: backend, zeroCopy: ZeroCopyState(mode: mode, refusal: nil)))
    changeBackend(backend)
  }

  package var backend: DecodingBackend { state.withLock { $0.backend } }
  package var zeroCopy: ZeroCopyState { state.withLock { $0.zeroCopy } }
  /// Frames that were copied from the device's memory, and those of them that were to make room.
  package var downloads: Int { state.withLock { $0.downloads } }
  package var detached: Int { state.withLock { $0.detached } }

  /// Another one decodes from here on.
  func changeBackend(_ backend: DecodingBackend) {
    state.withLock { state in
      state.backend = backend
      guard backend.device == nil else { return }
      state.zeroCopy.begin(.init(.softwareDecoding, backend.reason ?? ""))
    }
  }

  /// Whether the next frame's import should be tried there. Another context, or another generation of
  /// it, is another story.
  func tries(in context: GPUContext) -> Bool {
    let generation = context.living
    return state.withLock { state in
      if state.context !== context || state.generation != generation {
        state.context = context
        state.generation = generation
        if state.backend.device != nil { state.zeroCopy.begin(nil) }
      }
      return state.zeroCopy.tries()
    }
  }

  /// Waits until the GPU has read what it was given last.
  /// - Returns: false where it cannot be waited for.
  func waitForGPU() -> Bool {
    guard let context = state.withLock({ $0.context }) else { return false }
    let waited = Result { () throws(ZCError) in try context.waitForGuests() }
    guard case .success = waited else { return false }
    return true
  }

  /// What surfaces of this video are known by.
  func pool(in context: GPUContext) -> UInt64 { state.withLock { $0.pool } }

  func presentedImport() {
    state.withLock { $0.zeroCopy.presentedImport() }
    if state.withLock({ $0.isEnded }) { forgetImports() }
  }

  func presentedCopy(_ refusal: ZeroCopyState.Refusal?) {
    state.withLock { $0.zeroCopy.presentedCopy(refusal) }
  }

  func dropped() { state.withLock { $0.zeroCopy.dropped() } }

  /// The decoder has other surfaces from here on: none that was imported comes again.
  func changePool() {
    forgetImports()
    state.withLock { $0.pool = FrameRoad.pools.wrappingAdd(1, ordering: .relaxed).newValue }
  }

  /// The video is closed. Its frames may still be shown.
  func end() {
    state.withLock { $0.isEnded = true }
    forgetImports()
  }

  private func forgetImports() {
    let (context, pool) = state.withLock { ($0.context, $0.pool) }
    context?.forgetImports(of: pool)
  }

  func countDownload() { state.withLock { $0.downloads += 1 } }
  func countDetached() { state.withLock { $0.detached += 1 } }

  package var explanation: String {
    state.withLock { state in
      state.backend.explanation + ".\n" + state.zeroCopy.explanation
    }
  }

  package var report: [(String, JSONText)] {
    state.withLock { state in
      [
        ("backend", .string(state.backend.name)),
        ("device", state.backend.device.map { .string($0) } ?? .null),
        ("backend_reason", state.backend.reason.map { .string($0) } ?? .null),
        ("downloads", .integer(state.downloads)), ("detached", .integer(state.detached)),
        ("zero_copy", state.zeroCopy.report),
      ]
    }
  }
}
