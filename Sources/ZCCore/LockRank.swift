import Glibc

/// The order in which locks are taken, first to last. While a thread holds one it may take only
/// later ones; neither Python nor a caller's closure runs under any of them. Checked in debug
/// builds, where a violation ends the process: sooner or later it would be a deadlock.
public enum LockRank: UInt, CaseIterable, Sendable {
  /// The turn of a context. Turns nest: inside another context's, that one is the host.
  case turn
  /// What a scene keeps between frames.
  case drawing
  /// A scene's input values.
  case values
  /// A video's file and decoder, while it decodes.
  case decoding
  /// A frame's pixels, a pool.
  case frame
  /// A lease, a graveyard, a handle table, the log: nothing is taken inside.
  case leaf

  /// What this thread holds: a count of 8 bits for each rank.
  private static let key: pthread_key_t = {
    var key: pthread_key_t = 0
    unsafe pthread_key_create(&key, nil)
    return key
  }()

  private static var held: UInt {
    get { unsafe UInt(bitPattern: pthread_getspecific(key)) }
    set { unsafe pthread_setspecific(key, UnsafeRawPointer(bitPattern: newValue)) }
  }

  private var unit: UInt { 1 << (rawValue * 8) }

  /// This thread takes a lock of this rank.
  public func enter() {
    let held = Self.held
    let first = self == .turn ? rawValue + 1 : rawValue
    precondition(
      held >> (first * 8) == 0, "a lock of rank \(self) is taken under one of its rank or later")
    Self.held = held + unit
  }

  /// This thread gives it back.
  public func leave() { Self.held -= unit }
}
