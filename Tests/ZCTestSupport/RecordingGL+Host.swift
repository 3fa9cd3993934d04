package import ZCCore
package import ZCGL

extension RecordingGL {
  /// Makes this, a borrowed context, the thread's current one, as its host does.
  package func bindAsHost() {
    var binding = ThreadBinding()
    binding.context = context
    binding.display = 1
    ThreadBindings.bind(binding)
  }

  /// The host destroys its context, and goes on with another.
  package func replace(with other: RecordingGL) {
    ThreadBindings.end(context)
    state.withLock { state in
      state.isEnded = true
      state.replacement = other
    }
    other.bindAsHost()
  }

  package func successor() throws(ZCError) -> (any GLDriver)? {
    checkFinaliser("successor")
    guard isBorrowed else { return nil }
    if let replacement = state.withLock({ $0.replacement }) { return replacement }
    guard isCurrent else { throw .notCurrent("the host's context is not current") }
    return nil
  }

  package func saveHostState() throws(ZCError) {
    guard isBorrowed else { return }
    if let onVisit = state.withLock({ $0.onVisit }) { onVisit() }
    let isKept = state.withLock { state in
      defer { state.isStateKept = true }
      state.calls.append(.saveHostState)
      return state.isStateKept
    }
    if isKept { object("the host's state was kept twice") }
    if !isCurrent { object("saveHostState without the context current") }
  }

  package func restoreHostState() {
    guard isBorrowed else { return }
    let isKept = state.withLock { state in
      defer { state.isStateKept = false }
      state.calls.append(.restoreHostState)
      return state.isStateKept
    }
    if !isKept { object("the host's state was put back and not kept before") }
    if !isCurrent { object("restoreHostState without the context current") }
  }

  package func takeHostErrors() -> [UInt32] {
    call("takeHostErrors") { state in
      defer { state.hostErrors = [] }
      return state.hostErrors
    }
  }

  package func resetState() throws(ZCError) { call("resetState") { $0.resets += 1 } }

  /// What destroying a borrowed context is.
  func giveBackNames() -> Bool {
    if state.withLock({ $0.isEnded }) { return true }
    guard isCurrent else { return false }
    state.withLock { state in
      state.isEnded = true
      state.textures = [:]
      state.framebuffers = [:]
      state.programs = [:]
      state.fences = []
    }
    return true
  }
}
