import Synchronization

/// One object a process, for what is shared by all of it. A child of `fork` gets one of its own:
/// the parent's may be locked by a thread that did not come along.
package final class PerProcess<Object: AnyObject & Sendable>: Sendable {
  private final class Entry: Sendable {
    let object: Object
    let epoch = ForkEpoch.current
    /// That of a child. Those of older processes stay: a few bytes a fork.
    let next = AtomicLazyReference<Entry>()

    init(_ object: Object) { self.object = object }
  }

  private let make: @Sendable () -> Object
  private let first: Entry

  package init(_ make: @escaping @Sendable () -> Object) {
    self.make = make
    first = Entry(make())
  }

  package var current: Object {
    var entry = first
    while !entry.epoch.isCurrent {
      entry = entry.next.load() ?? entry.next.storeIfNil(Entry(make()))
    }
    return entry.object
  }
}
