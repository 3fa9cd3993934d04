package import ZCCore
import ZCGL

extension GPUContext {
  /// Takes the turn and makes the context current.
  /// - Returns: what the host had current, to be put back by ``leave(_:_:)``.
  func enter(_ slot: ThreadSlot) throws(ZCError) -> ThreadBinding {
    try takeTurn(slot)
    return try bind(slot)
  }

  /// Waits for the turn, with nothing parked on this thread meanwhile: two threads that want each
  /// other's parked contexts would wait for ever.
  func takeTurn(_ slot: ThreadSlot) throws(ZCError) {
    guard Guards.keep(.turns), !turn.takeAtOnce() else { return }
    if let other = slot.parked, other !== self {
      slot.unpark(other.driver)
      other.turn.unparked()
    }
    try turn.take { slot.unpark(driver) }
  }

  /// Makes the context current; the turn is taken, and given back on failure.
  private func bind(_ slot: ThreadSlot) throws(ZCError) -> ThreadBinding {
    var isBound = false
    defer {
      if !isBound {
        if slot.parked === self { slot.unpark(driver) }
        turn.give()
      }
    }
    if isBorrowed {
      try visit(slot)
      isBound = true
      return .none
    }
    try checkLife()
    // A host may have made its own context current between two calls of a batch.
    if slot.parked === self, driver.isCurrent || !Guards.keep(.bindings) {
      slot.parked = nil
      slot.turns &+= 1
      isBound = true
      return slot.host
    }
    // Inside another context's turn that one is the host.
    let isOutermost = slot.turns == 0
    let host = slot.isHostAway && isOutermost ? slot.host : driver.currentBinding()
    if Guards.keep(.bindings) || host == .none { try makeDriverCurrent() }
    if let other = slot.parked {
      slot.parked = nil
      if other !== self { other.turn.unparked() }
    }
    slot.turns &+= 1
    isBound = true
    return host
  }

  /// What the driver no longer has is lost, whatever may come to lie at its address.
  private func makeDriverCurrent() throws(ZCError) {
    let made = Result { () throws(ZCError) in try driver.makeCurrent() }
    guard case .failure(let error) = made else { return }
    if case .contextLost(let reason) = error { lose(reason) }
    throw error
  }

  /// Gives the turn up. Inside a batch the context stays current unless somebody waits for it.
  func leave(_ slot: ThreadSlot, _ host: ThreadBinding) {
    slot.turns &-= 1
    if isBorrowed {
      driver.restoreHostState()
      turn.give()
      return
    }
    if slot.batches.isEmpty || slot.turns > 0 {
      if Guards.keep(.hosts) { driver.rebind(host) }
      turn.give()
      return
    }
    slot.host = host
    slot.isHostAway = true
    if turn.park() {
      slot.parked = self
    } else {
      slot.unpark(driver)
      turn.give()
    }
  }

  /// Draws in the host's context from now on, in the state that drawing needs; the host's own is
  /// kept until ``leave(_:_:)``.
  private func visit(_ slot: ThreadSlot) throws(ZCError) {
    slot.bringHostBack(with: driver)
    try followHost()
    try checkLife()
    try driver.saveHostState()
    slot.turns &+= 1
  }

  /// Makes this context current on this thread until the matching ``endBatch()``; contexts used
  /// in between stay current too, each until the next one is used or another thread asks. A
  /// borrowed context is current already: each call in between keeps and puts back the host's
  /// state by itself, since the host may draw between two.
  package func beginBatch() throws(ZCError) {
    try checkProcess()
    let slot = ThreadSlot.current
    try begin(slot, host: try enter(slot))
  }

  /// As ``beginBatch()``, when that needs no waiting.
  /// - Returns: whether the batch has begun.
  package func beginBatchAtOnce() throws(ZCError) -> Bool {
    try checkProcess()
    let slot = ThreadSlot.current
    guard turn.takeAtOnce() else { return false }
    try begin(slot, host: try bind(slot))
    return true
  }

  private func begin(_ slot: ThreadSlot, host: ThreadBinding) throws(ZCError) {
    try checkDriver(slot, host)
    if isBorrowed {
      slot.borrowedBatches.append(ObjectIdentifier(self))
    } else {
      slot.batches.append(ObjectIdentifier(self))
    }
    Flight.record(.batchBegin, life.subject)
    leave(slot, host)
  }

  /// Makes this context the thread's current one now, inside a batch.
  /// - Throws: `wrongThread` outside of any batch.
  package func makeCurrent() throws(ZCError) {
    let slot = try batchSlot()
    let host = try enter(slot)
    try checkDriver(slot, host)
    leave(slot, host)
  }

  /// As ``makeCurrent()``, when that needs no waiting.
  /// - Returns: whether it is done.
  package func makeCurrentAtOnce() throws(ZCError) -> Bool {
    let slot = try batchSlot()
    guard turn.takeAtOnce() else { return false }
    let host = try bind(slot)
    try checkDriver(slot, host)
    leave(slot, host)
    return true
  }

  /// Asks the driver whether the context, which is current, still lives; leaves it otherwise.
  private func checkDriver(_ slot: ThreadSlot, _ host: ThreadBinding) throws(ZCError) {
    guard let loss = driver.lossReason() else { return }
    lose(loss)
    leave(slot, host)
    try checkLife()
  }

  private func batchSlot() throws(ZCError) -> ThreadSlot {
    try checkProcess()
    let slot = ThreadSlot.current
    guard !(slot.batches.isEmpty && slot.borrowedBatches.isEmpty) else {
      throw .wrongThread("make_current() works inside a batch: `with context.batch():`")
    }
    return slot
  }

  /// Ends the innermost batch of this context on this thread; with the outermost batch the
  /// host's own context comes back.
  package func endBatch() throws(ZCError) {
    try checkProcess()
    let slot = ThreadSlot.current
    let batches = isBorrowed ? slot.borrowedBatches : slot.batches
    guard let index = batches.lastIndex(of: ObjectIdentifier(self)) else {
      throw .wrongThread("this thread is in no batch of this context; end it where it began")
    }
    Flight.record(.batchEnd, latest.subject)
    if isBorrowed {
      slot.borrowedBatches.remove(at: index)
      return
    }
    slot.batches.remove(at: index)
    guard slot.batches.isEmpty else { return }
    DriverWork.begin()
    defer { DriverWork.end() }
    if slot.isHostAway { latest.driver.rebind(slot.host) }  // any generation's: it is the host's
    slot.isHostAway = false
    slot.host = .none
    if let parked = slot.parked {
      slot.parked = nil
      parked.turn.unparked()
    }
  }
}
