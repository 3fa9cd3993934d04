package import ZCCore
import ZCGL

extension GPUContext {
  /// Takes the turn and makes the context current.
  /// - Returns: what the host had current, to be put back by ``leave(_:_:)``.
  func enter(_ slot: ThreadSlot) throws(ZCError) -> ThreadBinding {
    try turn.take { slot.unpark(driver) }
    var isEntered = false
    defer { if !isEntered { turn.give(parked: false) } }
    _ = try phase.liveGeneration()
    // A host may have made its own context current between two calls of a batch.
    if slot.parked === self, driver.isCurrent {
      isEntered = true
      return slot.host
    }
    let host = slot.batches.isEmpty ? driver.currentBinding() : slot.host
    try driver.makeCurrent()
    if let other = slot.parked {
      slot.parked = nil
      if other !== self { other.turn.unparked() }
    }
    isEntered = true
    return host
  }

  /// Gives the turn up. Inside a batch the context stays current unless somebody waits for it.
  func leave(_ slot: ThreadSlot, _ host: ThreadBinding) {
    if slot.batches.isEmpty {
      driver.rebind(host)
      turn.give(parked: false)
    } else if turn.isWanted {
      slot.unpark(driver)
      turn.give(parked: false)
    } else {
      slot.parked = self
      turn.give(parked: true)
    }
  }

  /// Makes this context current on this thread until the matching ``endBatch()``; contexts used
  /// in between stay current too, each until the next one is used or another thread asks.
  package func beginBatch() throws(ZCError) {
    try checkProcess()
    _ = try phase.liveGeneration()
    let slot = ThreadSlot.current
    let host = try enter(slot)
    if slot.batches.isEmpty { slot.host = host }
    slot.batches.append(ObjectIdentifier(self))
    leave(slot, host)
  }

  /// Ends the innermost batch of this context on this thread; with the outermost batch the
  /// host's own context comes back.
  package func endBatch() throws(ZCError) {
    try checkProcess()
    let slot = ThreadSlot.current
    guard let index = slot.batches.lastIndex(of: ObjectIdentifier(self)) else {
      throw .wrongThread("this thread is in no batch of this context; end it where it began")
    }
    slot.batches.remove(at: index)
    guard slot.batches.isEmpty else { return }
    let host = slot.host
    slot.host = .none
    // A host that made its own context current inside the batch keeps it.
    let isOurs = slot.parked?.driver.isCurrent ?? false
    if isOurs || driver.currentBinding() == .none { driver.rebind(host) }
    if let parked = slot.parked {
      slot.parked = nil
      parked.turn.unparked()
    }
  }
}
