import Synchronization
package import ZCCore
package import ZCGL

/// A GL context of our own, its turn, its generation and what waits for the GPU in it.
///
/// Thread-safety: any thread may call anything here; calls take turns.
package final class GPUContext: Sendable {
  struct State: Sendable {
    var phase = ContextPhase.live(.first)
    var retirement = RetirementQueue<UInt, Remains>()
    var idle = IdlePool<TextureRecord.Descriptor, TextureRecord>(budget: GPUContext.idleBudget)
    var blank: TextureRecord?
  }

  /// Bytes of textures that may lie idle in a context for reuse.
  static let idleBudget = 256 << 20

  let driver: any GLDriver
  let turn = Turn()
  let state = Lock(State())
  package let graveyard = Graveyard()
  private let epoch = ForkEpoch.current
  /// Something waits behind a fence; written in the context's turn.
  let hasWaiting = Atomic<Bool>(false)
  /// The raw value of the live generation, 0 when none is: `phase` without its lock.
  private let liveGeneration = Atomic<UInt64>(Generation.first.rawValue)

  /// The longest side of a texture, in pixels.
  package let maxTextureSize: Int32
  /// Read-back can reverse the rows by itself.
  let reversesRows: Bool

  package init(driver: any GLDriver) {
    self.driver = driver
    let capabilities = driver.capabilities
    maxTextureSize = capabilities.maxTextureSize
    reversesRows = capabilities.packReverse != nil
  }

  deinit {
    // A context dropped open is not destroyed here: that would be a driver call in a finaliser.
    let isClosed = state.withLock { state in
      if case .closed = state.phase { true } else { false }
    }
    if !isClosed, epoch.isCurrent { Mortuary.shared.bring(driver) }
  }

  package var capabilities: Capabilities { driver.capabilities }

  package var phase: ContextPhase { state.withLock { $0.phase } }

  package var isOpen: Bool {
    guard case .closed = phase else { return true }
    return false
  }

  /// Throws `forked` in a child of the process that made this context.
  package func checkProcess() throws(ZCError) {
    guard epoch.isCurrent else { throw .forked }
  }

  /// Throws unless resources of `generation` can be used.
  package func check(_ generation: Generation) throws(ZCError) {
    try checkProcess()
    let live = try checkLife()
    guard generation == live else { throw .staleGeneration(held: generation, current: live) }
  }

  /// Runs `body` with this context current on this thread, then puts back what was.
  ///
  /// Blocks until it is this thread's turn. `body` must not call Python.
  package func withCurrent<R: ~Copyable>(
    _ body: (borrowing Current) throws(ZCError) -> R
  ) throws(ZCError) -> R {
    try checkProcess()
    let slot = ThreadSlot.current
    let host = try enter(slot)
    defer { leave(slot, host) }
    if let loss = driver.lossReason() { lose(loss) }
    let current = Current(generation: try checkLife(), gl: driver)
    defer { settle(current) }
    return try body(current)
  }

  /// Closes for good; a second close does nothing. Everything made in the context is stale.
  package func close() throws(ZCError) {
    try checkProcess()
    let slot = ThreadSlot.current
    try takeTurn(slot)
    if slot.parked === self { slot.unpark(driver) }
    let isFirst = state.withLock { state in
      state.retirement = RetirementQueue()  // the driver frees an ended context's names
      _ = state.idle.takeAll()
      return state.phase.close()
    }
    liveGeneration.store(0, ordering: .releasing)
    if isFirst { driver.destroyContext() }
    turn.give()
    Mortuary.shared.bury()
  }

  /// The generation that lives, or why none does.
  @discardableResult
  func checkLife() throws(ZCError) -> Generation {
    let raw = liveGeneration.load(ordering: .acquiring)
    guard raw == 0 else { return Generation(rawValue: raw) }
    return try phase.liveGeneration()
  }

  private func lose(_ reason: String) {
    state.withLock { $0.phase.lose(reason: reason) }
    liveGeneration.store(0, ordering: .releasing)
  }
}
