import Synchronization
package import ZCCore
package import ZCGL

/// A GL context of our own, its turn, its generation and what waits for the GPU in it.
///
/// Thread-safety: any thread may call anything here; calls take turns.
package final class GPUContext: Sendable {
  /// What anyone may ask, at any time.
  private struct Public: Sendable {
    var phase: ContextPhase
    var life: Life
  }

  /// How many contexts this process had made when it made this one.
  package let serial = GPUContext.made.wrappingAdd(1, ordering: .relaxed).newValue
  private static let made = Atomic<UInt64>(0)

  /// The GL context is a host's: it is current when we are called, or nothing is done.
  package let isBorrowed: Bool
  let turn = Turn()
  /// How many pictures and planes went from memory to the driver.
  let uploads = Atomic<Int>(0)
  package let graveyard = Graveyard()
  let references = Lock(ReferenceLedger())
  /// The context's own pool.
  let stock: Stock
  /// The pools beside it.
  let otherStocks = Lock<[StockReference]>([])
  private let bound: TurnBound<Life>
  private let known: Lock<Public>
  /// The raw value of the live generation, 0 when none is: the phase without its lock.
  private let liveGeneration = Atomic<UInt64>(Generation.first.rawValue)
  private let open: @Sendable () throws(ZCError) -> any GLDriver
  private let epoch = ForkEpoch.current

  /// Opens a driver; re-initialising opens another in the same way. `poolBudget` is what the
  /// context's own pool may hold, in bytes; nil is a quarter of the memory, at most 2 GiB.
  package convenience init(
    poolBudget: Int? = nil, opening open: @escaping @Sendable () throws(ZCError) -> any GLDriver
  ) throws(ZCError) {
    try StackRoom.check()
    self.init(driver: try open(), poolBudget: poolBudget, reopening: open)
  }

  /// A context whose first driver is there already; re-initialising it asks `open` for the next.
  package init(
    driver: any GLDriver, poolBudget: Int? = nil,
    reopening open: @escaping @Sendable () throws(ZCError) -> any GLDriver
  ) {
    stock = Stock(budget: poolBudget)
    let life = Life(.first, driver: driver, of: serial)
    isBorrowed = driver.isBorrowed
    self.open = open
    bound = TurnBound(life)
    known = Lock(Public(phase: .live(.first), life: life))
    Flight.record(.contextCreate, life.subject)
  }

  deinit {
    // A context dropped open is not destroyed here: that would be a driver call in a finaliser.
    guard isOpen, epoch.isCurrent else { return }
    Flight.record(.contextDrop, latest.subject)
    Mortuary.shared.bring(latest)
  }

  /// The generation in use: to be asked in the turn, or while parked on this thread.
  var life: Life { bound.value }
  var driver: any GLDriver { bound.value.driver }

  /// The latest generation, for anyone at any time.
  var latest: Life { known.withLock { $0.life } }

  package var capabilities: Capabilities { latest.driver.capabilities }
  /// Textures can have components of 16 bits. Asked often: without a copy of all the others.
  package var hasNorm16: Bool { latest.driver.capabilities.hasNorm16 }
  package var maxTextureSize: Int32 { latest.maxTextureSize }
  package var phase: ContextPhase { known.withLock { $0.phase } }

  /// The generation in use, if there is one.
  package var living: Generation? {
    guard case .live(let generation) = phase else { return nil }
    return generation
  }

  package var isOpen: Bool {
    guard case .closed = phase else { return true }
    return false
  }

  /// Whether this is the process that made the context.
  var isInItsProcess: Bool { epoch.isCurrent }

  /// Throws `forked` in a child of the process that made this context.
  package func checkProcess() throws(ZCError) {
    guard isInItsProcess else { throw .inherited }
  }

  /// Throws unless something can be made for this context, now or once it is initialised again.
  package func checkOpen() throws(ZCError) {
    try checkProcess()
    guard !isOpen else { return }
    _ = try phase.liveGeneration()
  }

  /// Throws unless resources of `generation` can be used.
  package func check(_ generation: Generation) throws(ZCError) {
    try checkProcess()
    let live = try checkLife()
    guard generation.isUsable(in: live) else {
      throw .staleGeneration(held: generation, current: live)
    }
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
    if Guards.keep(.phases) {
      if let loss = driver.lossReason() {
        lose(loss)
      } else if !driver.isItself {
        lose(ThreadBinding.terminated)
      }
    }
    let current = Current(generation: try checkLife(), gl: driver, of: serial)
    defer { settle(current) }
    let result = try body(current)
    // GL's debug callbacks are the host's code, in the middle of ours.
    if Guards.keep(.bindings), isBorrowed, !driver.isCurrent {
      throw .notCurrent("the host made another context current in the middle of this call")
    }
    return result
  }

  /// Closes for good; a second close does nothing. Everything made in the context is stale. While
  /// somebody holds a reference the context stays open; the last one to be given back closes it.
  /// What was made in a borrowed context is given back now, or when it is next current.
  package func close() throws(ZCError) {
    try checkProcess()
    guard references.withLock({ $0.close() }) else { return }
    let closing = Result { () throws(ZCError) in try finishClosing() }
    if case .failure = closing { references.withLock { $0.reopen() } }
    try closing.get()
  }

  /// Closes a context to which nobody holds a reference.
  func finishClosing() throws(ZCError) {
    try alone { end() }
    Mortuary.shared.bury()
  }

  /// As ``close()``, when that needs no waiting.
  /// - Returns: whether the context is closed.
  func closeAtOnce() -> Bool {
    guard turn.takeAtOnce() else { return false }
    defer { turn.give() }
    let slot = ThreadSlot.current
    if slot.parked === self { slot.unpark(driver) }
    end()
    return true
  }

  /// Closes what is our own and in use nowhere, at the end of the process. A borrowed context is
  /// its host's, and a forked child's are its parent's.
  package static func endAll(_ contexts: [GPUContext]) {
    for context in contexts where context.isInItsProcess && !context.isBorrowed {
      _ = context.closeAtOnce()
    }
    Mortuary.shared.bury()
  }

  private func end() {
    let isFirst = known.withLock { $0.phase.close() }
    liveGeneration.store(0, ordering: .releasing)
    if isFirst { end(life) }
  }

  /// Ends this generation and starts the next, with a driver context of its own, or in the
  /// borrowed one. Everything made before is stale. Where no driver can be had, nothing has
  /// changed.
  package func reinitialize() throws(ZCError) {
    try StackRoom.check()
    Mortuary.shared.bury()
    try alone { () throws(ZCError) in
      try checkOpen()
      let next = if let driver = try driver.successor() { driver } else { try open() }
      begin(next)
    }
  }

  /// Starts the next generation where the host has replaced the context that was borrowed.
  func followHost() throws(ZCError) {
    guard isOpen, let next = try driver.successor() else { return }
    begin(next)
  }

  /// Ends this generation and starts the next.
  private func begin(_ driver: any GLDriver) {
    let old = life
    let next = Life(old.generation.next, driver: driver, of: serial)
    bound.value = next
    known.withLock { $0 = Public(phase: .live(next.generation), life: next) }
    liveGeneration.store(next.generation.rawValue, ordering: .releasing)
    end(old)
    Flight.record(.contextReinitialize, next.subject)
  }

  /// As if the driver had given the context up, for tests of what comes after.
  package func simulateLoss() throws(ZCError) {
    try alone { () throws(ZCError) in
      try checkLife()
      lose("a loss simulated by simulate_loss()")
    }
  }

  private func end(_ life: Life) {
    if !life.end() { Mortuary.shared.bring(life) }
    graveyard.clear()
  }

  /// Runs `body` in the turn, with no context of ours current here.
  private func alone(_ body: () throws(ZCError) -> Void) throws(ZCError) {
    try checkProcess()
    let slot = ThreadSlot.current
    try takeTurn(slot)
    defer { turn.give() }
    if slot.parked === self { slot.unpark(driver) }
    if isBorrowed { slot.bringHostBack(with: driver) }
    try body()
  }

  /// The generation that lives, or why none does.
  @discardableResult
  func checkLife() throws(ZCError) -> Generation {
    let raw = liveGeneration.load(ordering: .acquiring)
    guard raw == 0 else { return Generation(rawValue: raw) }
    guard Guards.keep(.phases) else { return latest.generation }
    return try phase.liveGeneration()
  }

  func lose(_ reason: String) {
    Flight.record(.contextLost, life.subject)
    known.withLock { $0.phase.lose(reason: reason) }
    liveGeneration.store(0, ordering: .releasing)
  }
}
