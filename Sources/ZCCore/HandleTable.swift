/// A 64-bit ticket for an object in a ``HandleTable``: index below, epoch above.
/// Zero is never issued.
package struct Handle: Hashable, Sendable {
  package let bits: UInt64
  package init(bits: UInt64) { self.bits = bits }
  init(index: UInt32, epoch: UInt32) { bits = UInt64(epoch) << 32 | UInt64(index) }
  package var index: UInt32 { UInt32(truncatingIfNeeded: bits) }
  var epoch: UInt32 { UInt32(truncatingIfNeeded: bits >> 32) }
}

/// Objects reachable from C. A handle whose object has gone is an error, never a crash.
package struct HandleTable<Object: AnyObject & Sendable>: Sendable {
  private struct Slot: Sendable {
    var epoch: UInt32 = 1
    var object: Object?
  }

  private let noun: String
  private var slots: [Slot] = []
  private var free: [UInt32] = []
  private var live = 0

  /// - Parameter noun: what the handles name, for messages: "context", "scene".
  package init(of noun: String) { self.noun = noun }

  /// How many objects are reachable.
  package var count: Int { live }

  package mutating func insert(_ object: Object) throws(ZCError) -> Handle {
    let index: UInt32
    if let reused = free.popLast() {
      index = reused
    } else {
      guard let next = UInt32(exactly: slots.count) else {
        throw .outOfMemory("no \(noun) handle is left in this process")
      }
      index = next
      slots.append(Slot())
    }
    slots[Int(index)].object = object
    live &+= 1
    return Handle(index: index, epoch: slots[Int(index)].epoch)
  }

  package func object(_ handle: Handle) throws(ZCError) -> Object {
    guard slots.indices.contains(Int(handle.index)),
      slots[Int(handle.index)].epoch == handle.epoch,
      let object = slots[Int(handle.index)].object
    else { throw .staleHandle("this \(noun) handle names nothing that lives") }
    return object
  }

  /// Ends a handle and returns its object. A slot whose epoch would wrap is never reused.
  package mutating func remove(_ handle: Handle) throws(ZCError) -> Object {
    let object = try object(handle)
    slots[Int(handle.index)].object = nil
    live &-= 1
    if handle.epoch < .max {
      slots[Int(handle.index)].epoch = handle.epoch &+ 1
      free.append(handle.index)
    } else {
      slots[Int(handle.index)].epoch = 0
    }
    return object
  }
}
