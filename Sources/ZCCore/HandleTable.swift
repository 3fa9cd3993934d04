/// A 64-bit ticket for an object in a ``HandleTable``: index below, epoch above.
/// Zero is never issued.
@frozen public struct Handle: Hashable, Sendable {
  public let bits: UInt64
  @inlinable public init(bits: UInt64) { self.bits = bits }
  @inlinable init(index: UInt32, epoch: UInt32) {
    bits = UInt64(epoch) << 32 | UInt64(index)
  }
  @inlinable public var index: UInt32 { UInt32(truncatingIfNeeded: bits) }
  @inlinable var epoch: UInt32 { UInt32(truncatingIfNeeded: bits >> 32) }
}

/// Objects reachable from C. A handle whose object has gone finds nothing, never another.
public struct HandleTable<Object: AnyObject & Sendable>: Sendable {
  @usableFromInline struct Slot: Sendable {
    @usableFromInline var epoch: UInt32 = 1
    @usableFromInline var object: Object?
    @inlinable init() {}
  }

  @usableFromInline var slots: [Slot] = []
  @usableFromInline var free: [UInt32] = []
  @usableFromInline var live = 0

  @inlinable public init() {}

  /// How many objects are reachable.
  @inlinable public var count: Int { live }

  /// nil when there are as many handles as 32 bits can count.
  @inlinable public mutating func insert(_ object: Object) -> Handle? {
    let index: UInt32
    if let reused = free.popLast() {
      index = reused
    } else {
      guard let next = UInt32(exactly: slots.count) else { return nil }
      index = next
      slots.append(Slot())
    }
    slots[Int(index)].object = object
    live &+= 1
    return Handle(index: index, epoch: slots[Int(index)].epoch)
  }

  @inlinable public func object(_ handle: Handle) -> Object? {
    let index = Int(handle.index)
    guard index < slots.count,
      slots[index].epoch == handle.epoch || !Guards.keep(.handles)
    else { return nil }
    return slots[index].object
  }

  /// Every object that is reachable, with its handle.
  @inlinable public var all: [(handle: Handle, object: Object)] {
    slots.indices.compactMap { index in
      guard let object = slots[index].object, let index32 = UInt32(exactly: index) else {
        return nil
      }
      return (Handle(index: index32, epoch: slots[index].epoch), object)
    }
  }

  /// Ends a handle and returns its object. A slot whose epoch would wrap is never reused.
  @inlinable public mutating func remove(_ handle: Handle) -> Object? {
    guard let object = object(handle) else { return nil }
    let index = Int(handle.index)
    slots[index].object = nil
    live &-= 1
    if handle.epoch < .max {
      slots[index].epoch = handle.epoch &+ 1
      free.append(handle.index)
    } else {
      slots[index].epoch = 0
    }
    return object
  }
}
