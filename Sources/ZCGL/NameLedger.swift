import ZCCore

/// What was made in a borrowed context, to be given back while the context lives on.
final class NameLedger: Sendable {
  enum Name: Hashable, Sendable {
    case texture(UInt32)
    case framebuffer(UInt32)
    case program(UInt32)
    case fence(UInt)
  }

  private let names = Lock(Set<Name>())

  func add(_ name: Name) { names.withLock { _ = $0.insert(name) } }

  func remove(_ name: Name) { names.withLock { _ = $0.remove(name) } }

  /// Everything that is left.
  var all: Set<Name> { names.withLock { $0 } }
}
