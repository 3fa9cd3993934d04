import Synchronization
package import ZCCore

/// A token of somebody who needs a context open: closing waits until the last one is given back.
///
/// Thread-safety: any thread may call anything here.
package final class ContextReference: Sendable {
  package let context: GPUContext
  package let holder: String
  private let ticket: UInt64
  private let isHeld = Atomic<Bool>(true)

  fileprivate init(_ context: GPUContext, _ holder: String, _ ticket: UInt64) {
    self.context = context
    self.holder = holder
    self.ticket = ticket
  }

  /// Gives the reference back; a second time does nothing. The last one closes a context whose
  /// owner has closed it.
  package func release() throws(ZCError) {
    guard giveBack() else { return }
    let closing = Result { () throws(ZCError) in try context.finishClosing() }
    if case .failure = closing { Mortuary.shared.bring(context) }
    try closing.get()
  }

  deinit {
    // Closing calls the driver: it is left to the next call that makes or closes a context.
    if giveBack() { Mortuary.shared.bring(context) }
  }

  /// - Returns: whether the context is to be closed now.
  private func giveBack() -> Bool {
    let isFirst = isHeld.exchange(false, ordering: .acquiringAndReleasing)
    guard isFirst || !Guards.keep(.holders) else { return false }
    return context.references.withLock { $0.giveBack(ticket) }
  }
}

/// Who needs a context open, and whether its owner has closed it.
struct ReferenceLedger: Sendable {
  private var holders: [(ticket: UInt64, name: String)] = []
  private var last: UInt64 = 0
  private(set) var isClosing = false

  var names: [String] { holders.map(\.name) }

  /// nil once the owner has closed the context.
  mutating func take(_ name: String) -> UInt64? {
    guard !isClosing else { return nil }
    last &+= 1
    holders.append((last, name))
    return last
  }

  /// - Returns: whether it was the last of a context whose owner has closed it.
  mutating func giveBack(_ ticket: UInt64) -> Bool {
    if Guards.keep(.holders) {
      holders.removeAll { $0.ticket == ticket }
    } else {
      _ = holders.popLast()
    }
    return isClosing && holders.isEmpty
  }

  /// The owner's closing failed: the context goes on.
  mutating func reopen() { isClosing = false }

  /// The owner closes. - Returns: whether nobody needs the context any more.
  mutating func close() -> Bool {
    isClosing = true
    return holders.isEmpty
  }
}

extension GPUContext {
  /// A reference for `holder`, whose name is shown to people.
  package func acquire(_ holder: String) throws(ZCError) -> ContextReference {
    try checkProcess()
    guard isOpen, let ticket = references.withLock({ $0.take(holder) }) else {
      throw .closed("the context is closed; make a new zcgpu.Context()")
    }
    return ContextReference(self, holder, ticket)
  }
}
