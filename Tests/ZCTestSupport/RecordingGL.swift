import Glibc
import Testing
import ZCContext
package import ZCCore
package import ZCGL

/// A driver that draws nothing, remembers every call, and objects to misuse: each mistake is an
/// issue of the running test, and is kept in ``RecordedState/objections``.
///
/// It binds what ``EGLDriver`` binds: making or uploading a texture leaves it in the active unit.
package final class RecordingGL: GLDriver {
  package let capabilities: Capabilities
  /// What was called so far, and what is to happen next.
  package let state = Lock(RecordedState())
  /// The word that ``ThreadBindings`` knows this context by.
  package let context = ThreadBindings.newContext()
  package let isBorrowed: Bool
  private let ending = Gate()
  private let isQuiet: Bool

  /// - Parameters:
  ///   - packReverse: reading back can reverse the rows.
  ///   - hasFloatTargets: float textures can be drawn into.
  ///   - hasNorm16: textures can have components of 16 bits.
  ///   - maxTextureSize: the longest side, in pixels.
  ///   - isBorrowed: the context is a host's, which a test makes current by ``bindAsHost()``.
  ///   - isQuiet: objections are kept, and fail no test.
  ///   - isES: the context is of OpenGL ES.
  ///   - eglExtensions: what EGL says that it has.
  ///   - glExtensions: what GL says that it has.
  package init(
    packReverse: Bool = true, hasFloatTargets: Bool = true, hasNorm16: Bool = true,
    maxTextureSize: Int32 = 4096, isBorrowed: Bool = false, isQuiet: Bool = false,
    isES: Bool = false, eglExtensions: Set<String> = [], glExtensions: Set<String> = []
  ) {
    self.isBorrowed = isBorrowed
    self.isQuiet = isQuiet
    var capabilities = Capabilities(
      version: ContextVersion(isES: isES, major: isES ? 3 : 4, minor: isES ? 2 : 5))
    capabilities.eglExtensions = eglExtensions
    capabilities.glExtensions = glExtensions
    capabilities.packReverse = packReverse ? 0x93A4 : nil
    capabilities.hasFloatTargets = hasFloatTargets
    capabilities.hasNorm16 = hasNorm16
    capabilities.maxTextureSize = maxTextureSize
    self.capabilities = capabilities
    _ = Self.endsWithTheProcess
    Self.made.withLock { $0.append(Known(recording: self)) }
  }

  /// What tests left behind ends with the process: contexts that they dropped open, and the
  /// recordings of borrowed ones. A leak sanitizer cannot follow references that carry bits of an
  /// enum's case, and would call what those hold lost.
  private static let endsWithTheProcess: Void = {
    atexit {
      Mortuary.shared.bury()
      for known in RecordingGL.made.withLock({ $0 }) {
        known.recording?.state.withLock { $0 = RecordedState() }
      }
    }
  }()

  private struct Known: Sendable {
    weak var recording: RecordingGL?
  }
  private static let made = Lock<[Known]>([])

  package var isCurrent: Bool {
    checkFinaliser("isCurrent")
    return ThreadBindings.here.context == context
  }

  package func currentBinding() -> ThreadBinding {
    checkFinaliser("currentBinding")
    return ThreadBindings.here
  }

  package func makeCurrent() throws(ZCError) {
    checkFinaliser("makeCurrent")
    if isBorrowed { object("makeCurrent of a borrowed context") }
    let isEnded = state.withLock { state in
      state.calls.append(.makeCurrent)
      return state.isEnded
    }
    if isEnded { object("makeCurrent after destroyContext") }
    var binding = ThreadBinding()
    binding.context = context
    binding.display = 1
    if let refusal = ThreadBindings.bind(binding) {
      object("makeCurrent: \(refusal)")
      throw state.withLock { $0.isEnded } ? .contextLost(refusal) : .busy(refusal)
    }
  }

  package func rebind(_ binding: ThreadBinding) {
    checkFinaliser("rebind")
    state.withLock { $0.calls.append(.rebind(binding)) }
    if let refusal = ThreadBindings.bind(binding) { object("rebind: \(refusal)") }
  }

  @discardableResult
  package func destroyContext() -> Bool {
    checkFinaliser("destroyContext")
    if isBorrowed { return giveBackNames() }
    let isSecond = state.withLock { state in
      defer { state.isEnded = true }
      state.calls.append(.destroyContext)
      return state.isEnded
    }
    if isSecond { object("destroyContext twice") }
    ThreadBindings.end(context)
    ending.open()
    return true
  }

  package func takeError() -> UInt32 {
    call("takeError") { state in
      if state.loss != nil {
        state.errorsSinceLoss += 1
        if state.errorsSinceLoss > 1000 { state.object("a lost context was asked without end") }
        return state.errorsSinceLoss > 1000 ? 0 : 0x0507
      }
      return state.pendingErrors.isEmpty ? 0 : state.pendingErrors.removeFirst()
    }
  }

  package func lossReason() -> String? { call("lossReason") { $0.loss } }

  package var isItself: Bool { call("isItself") { !$0.isAnother } }
}

extension RecordingGL {
  /// One call of GL: objects unless the context is current on this thread.
  func call<R: Sendable>(_ name: String, _ work: (inout RecordedState) -> R) -> R {
    checkFinaliser(name)
    let isCurrent = ThreadBindings.isCurrent(context, on: ThreadBindings.thisThread)
    let isElsewhere = !isCurrent && ThreadBindings.isCurrentSomewhere(context)
    let (result, fresh) = state.withLock { state -> (R, [String]) in
      let known = state.objections.count
      if state.isEnded { state.object("\(name) after destroyContext") }
      if isBorrowed, !state.isStateKept { state.object("\(name) in a state that is the host's") }
      if isElsewhere {
        state.object("\(name) from a foreign thread")
      } else if !isCurrent {
        state.object("\(name) without the context current on this thread")
      }
      let result = work(&state)
      return (result, Array(state.objections.dropFirst(known)))
    }
    for objection in fresh { report(objection) }
    return result
  }

  /// Remembers a mistake and makes it the test's.
  func object(_ text: String) {
    state.withLock { $0.object(text) }
    report(text)
  }

  private func report(_ objection: String) {
    if !isQuiet { Issue.record(Comment(rawValue: objection)) }
  }

  /// Objects to every call from this thread while `body` runs: it only drops things.
  package func whileFinalising(_ body: () -> Void) {
    let me = ThreadBindings.thisThread
    state.withLock { $0.finalisingThread = me }
    body()
    state.withLock { $0.finalisingThread = nil }
  }

  func checkFinaliser(_ name: String) {
    let me = ThreadBindings.thisThread
    if state.withLock({ $0.finalisingThread == me }) { object("\(name) in a finaliser") }
  }

  /// Whether the context is destroyed, by now or, on another thread, within 10 seconds.
  package var isDestroyed: Bool { ending.isOpen(within: .seconds(10)) }
}
