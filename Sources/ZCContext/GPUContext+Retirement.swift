import Synchronization
package import ZCCore
import ZCGL

extension GPUContext {
  /// Buries what was dropped, behind a fence, and takes back what the GPU has finished with.
  func settle(_ current: borrowing Current) {
    let life = life
    if graveyard.isEmpty, life.retirement.value.isIdle { return }
    bury(current)
    takeBack(current)
  }

  /// Takes a turn that does nothing but ``settle(_:)``, where the host's context is current on this
  /// thread; elsewhere, and in a context of our own, the next turn settles. Waits for nobody.
  package func settleHere() {
    guard isBorrowed, driver.isCurrent else { return }
    // A loss is told by the next call that wants something.
    _ = Result { () throws(ZCError) in try withCurrent { (_) throws(ZCError) in } }
  }

  /// As ``settle(_:)``, then waits for the GPU until `isEnough`, or nothing is left to wait for.
  func drain(_ current: borrowing Current, until isEnough: () -> Bool) {
    settle(current)
    bury(current)  // what the GPU alone still held
    while !isEnough(), let fence = life.retirement.value.oldestFence {
      current.gl.wait(for: fence, atMost: Self.patience)
      takeBack(current)
      bury(current)
      // Nobody waits twice for a fence that does not signal.
      guard life.retirement.value.oldestFence != fence else { return }
    }
  }

  /// How long the GPU may take for what it was given before nobody waits for it any more.
  private static var patience: Duration { .seconds(30) }

  /// The work that is being recorded reads memory that belongs to `guest`: it stays until the fence
  /// behind that work has signalled.
  package func keep(_ guest: some AnyObject & Sendable, _ current: borrowing Current) {
    graveyard.bury(.guest(guest), from: current.generation)
  }

  /// Waits until the GPU has finished with what only it still holds. Blocks: for a turn, too.
  package func waitForGuests() throws(ZCError) {
    try withCurrent { (current) throws(ZCError) in drain(current) { false } }
  }

  /// Waits for the GPU to have done all that it was given.
  func awaitGPU(_ current: borrowing Current) {
    guard let fence = current.gl.insertFence() else { return }
    current.gl.wait(for: fence, atMost: Self.patience)
    current.gl.deleteFence(fence)
  }

  /// Buries what was dropped since the last turn: all that used it comes before the fence.
  private func bury(_ current: borrowing Current) {
    let dead = graveyard.exhume()
    guard dead.contains(where: { $0.from.isUsable(in: current.generation) }) else { return }
    guard let fence = current.gl.insertFence() else {
      for entry in dead { graveyard.bury(entry.remains, from: entry.from) }
      return
    }
    Flight.record(.fenceInsert, fence.subject(current))
    let life = life
    let submission = life.retirement.value.submit(fence)
    for entry in dead where entry.from.isUsable(in: current.generation) {
      if case .texture(let record, _, _) = entry.remains { current.record(.poolRetire, record) }
      life.retirement.value.bury(entry.remains, lastUse: submission)
    }
  }

  private func takeBack(_ current: borrowing Current) {
    let gl = current.gl
    let life = life
    let drained = life.retirement.value.drain { gl.fenceState($0) == .signaled }
    for fence in drained.fences {
      Flight.record(.fenceSignal, fence.subject(current))
      gl.deleteFence(fence)
    }
    for remains in drained.remains {
      switch remains {
      case .texture(let record, let stock, let term):
        current.record(.poolKeep, record)
        stock.finish(record, from: term, current)
      case .idle(let record): record.delete(current)
      case .program(let name): gl.deleteProgram(name)
      case .imported(let plane): plane.delete(current)
      case .hold, .guest: break  // dropped with what was finished
      }
    }
    life.waitingCount.store(life.retirement.value.waitingCount, ordering: .relaxed)
  }

  /// How many dropped things wait: for the next turn, and for the GPU.
  package var waitingCount: Int {
    graveyard.count + latest.waitingCount.load(ordering: .relaxed)
  }
}

extension UInt {
  /// As a fence.
  fileprivate func subject(_ current: borrowing Current) -> FlightSubject {
    FlightSubject(context: current.context, current.generation, object: UInt64(self))
  }
}
