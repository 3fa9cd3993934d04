/// Which life of a context a resource belongs to.
///
/// Reinitialising a context ends one generation and starts the next. A resource
/// from an ended generation is *stale*: using it throws, dropping it does nothing.
package struct Generation: Hashable, Comparable, Sendable {
  package let rawValue: UInt64

  package init(rawValue: UInt64) { self.rawValue = rawValue }

  package static let first = Generation(rawValue: 1)

  /// The next life. 64 bits outlast any process.
  package var next: Generation { Generation(rawValue: rawValue &+ 1) }

  /// Whether what belongs to this generation can be used while `live` lives.
  package func isUsable(in live: Generation) -> Bool { self == live || !Guards.keep(.generations) }

  package static func < (a: Generation, b: Generation) -> Bool { a.rawValue < b.rawValue }
}
