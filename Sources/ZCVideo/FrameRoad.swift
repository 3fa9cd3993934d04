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
  }

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
