/// A value that changes only in its context's turn, and is read only there, or while the context
/// is parked on the reading thread: what the turn guards needs no lock of its own.
@safe struct TurnBound<Value>: ~Copyable, @unchecked Sendable {
  private let pointer: UnsafeMutablePointer<Value>

  init(_ value: sending Value) {
    unsafe pointer = .allocate(capacity: 1)
    unsafe pointer.initialize(to: value)
  }

  var value: Value {
    // Whoever reads has the turn, so nobody writes.
    get { unsafe pointer.pointee }
    nonmutating _modify { yield unsafe &pointer.pointee }
  }

  deinit {
    unsafe pointer.deinitialize(count: 1)
    unsafe pointer.deallocate()
  }
}
