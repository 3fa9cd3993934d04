import Synchronization
import ZCContext
package import ZCCore
package import ZCPipeline

/// Who decodes a video and which road its frames take to the GPU, for the video, its frames and
/// whoever asks. It outlives the video.
package final class FrameRoad: Sendable {
  fileprivate struct State {
    var backend: DecodingBackend
    var zeroCopy: ZeroCopyState
    /// Frames that were copied from the device's memory, and those of them that were to make room.
    var downloads = 0
    var detached = 0
    var planes = PlaneCounts()
    /// What surfaces are known by, in the caches of contexts: those of one decoder.
    var pool = FrameRoad.pools.wrappingAdd(1, ordering: .relaxed).newValue
    var isEnded = false
    /// Where frames were shown, the last one last.
    var places: [Place] = []
    var generation: Generation?
    var keepers: [Keeper] = []
  }

  fileprivate struct Place {
    weak var context: GPUContext?
  }

  fileprivate struct Keeper {
    weak var cache: (any PictureCache)?
  }

  /// Planes of the device's memory that became textures.
  fileprivate struct PlaneCounts {
    var drawn = 0
    var uploaded = 0
    /// Why the last one was uploaded.
    var refusal: String?
  }

  private static let pools = Atomic<UInt64>(0)

  private let state: Lock<State>

  init(_ backend: DecodingBackend, _ mode: ZeroCopyState.Mode = .automatic) {
    state = Lock(State(backend: backend, zeroCopy: ZeroCopyState(mode: mode, refusal: nil)))
    changeBackend(backend)
  }

  package var backend: DecodingBackend { state.withLock { $0.backend } }
  package var zeroCopy: ZeroCopyState { state.withLock { $0.zeroCopy } }
  /// What the program wants of the road.
  var mode: ZeroCopyState.Mode { zeroCopy.mode }
  var allowsCopies: Bool { mode != .required }

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
    // Asked before: a context has a lock of its own.
    let living = context.living
    return state.withLock { state in
      state.enter(context, living)
      return state.zeroCopy.tries()
    }
  }

  /// Frames go to that context from here on.
  func enter(_ context: GPUContext) {
    let living = context.living
    state.withLock { $0.enter(context, living) }
  }

  /// Waits until the GPU has read what it was given last, wherever frames were shown.
  /// - Returns: false where it cannot be waited for.
  func waitForGPU() -> Bool {
    var hasWaited = false
    for context in contexts {
      let waited = Result { () throws(ZCError) in try context.waitForGuests() }
      if case .success = waited { hasWaited = true }
    }
    return hasWaited
  }

  private var contexts: [GPUContext] { state.withLock { $0.places.compactMap(\.context) } }

  /// It may be asked for frames before the decoder goes without.
  package func add(_ cache: some PictureCache) {
    state.withLock { state in
      state.keepers.removeAll { $0.cache == nil }
      state.keepers.append(Keeper(cache: cache))
    }
  }

  /// Has a cache let go of a frame.
  /// - Returns: false where none has any.
  func emptyCaches() -> Bool {
    let keepers = state.withLock { $0.keepers.compactMap(\.cache) }
    return keepers.contains { $0.letGo() }
  }

  /// Why a frame is not to be shown, where no copy is allowed.
  func refuse(_ refusal: ZeroCopyState.Refusal?) -> ZCError {
    state.withLock { state in
      state.zeroCopy.refuse(refusal)
      let why = refusal ?? state.zeroCopy.refusal
      return .noCopy(why?.words ?? "")
    }
  }

  /// What surfaces of this video are known by.
  var pool: UInt64 { state.withLock { $0.pool } }

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
    let pool = state.withLock { $0.pool }
    for context in contexts { context.forgetImports(of: pool) }
  }

  func countDownload() { state.withLock { $0.downloads += 1 } }
  func countDetached() { state.withLock { $0.detached += 1 } }

  /// A plane's texture was drawn from the device's memory; or uploaded, since `refusal`.
  func countPlane(_ refusal: ZeroCopyState.Refusal?) {
    state.withLock { state in
      if let refusal {
        state.planes.uploaded += 1
        state.planes.refusal = refusal.words
      } else {
        state.planes.drawn += 1
      }
    }
  }

  package var explanation: String {
    state.withLock { state in
      let roads = state.backend.explanation + ".\n" + state.zeroCopy.explanation
      guard let refusal = state.planes.refusal else { return roads }
      return roads
        + "\nPlanes as textures: \(state.planes.uploaded) were uploaded, since \(refusal)."
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
        (
          "plane_textures",
          .object([
            ("drawn", .integer(state.planes.drawn)), ("uploaded", .integer(state.planes.uploaded)),
            ("reason", .optional(state.planes.refusal)),
          ])
        ),
      ]
    }
  }
}

extension FrameRoad.State {
  /// Frames are shown in that context from here on.
  fileprivate mutating func enter(_ context: GPUContext, _ living: Generation?) {
    guard places.last?.context !== context || generation != living else { return }
    places.removeAll { $0.context == nil || $0.context === context }
    places.append(FrameRoad.Place(context: context))
    generation = living
    if backend.device != nil { zeroCopy.begin(nil) }
  }
}

/// Somebody who keeps frames that need not be kept.
package protocol PictureCache: AnyObject, Sendable {
  /// Lets go of the frame that it misses least. Called while the decoder waits: it decodes nothing.
  /// - Returns: false where it has none.
  func letGo() -> Bool
}

extension ZCError {
  /// `zero_copy="require"` cannot be had.
  static func noCopy(_ why: String) -> ZCError {
    .dmabuf("zero_copy=\"require\" allows no copy, and a frame cannot do without: \(why)")
  }
}
