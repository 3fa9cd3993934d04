import Testing

@testable import ZCCore

@Suite("HandleTable")
struct HandleTableTests {
  private final class Thing: Sendable {}

  private func insert(_ thing: Thing, into table: inout HandleTable<Thing>) throws -> Handle {
    let handle = table.insert(thing)
    return try #require(handle)
  }

  @Test("a handle finds its object until it is removed")
  func finds() throws {
    var table = HandleTable<Thing>()
    let thing = Thing()
    let handle = try insert(thing, into: &table)
    #expect(table.object(handle) === thing)
    #expect(table.count == 1)
    #expect(table.remove(handle) === thing)
    #expect(table.object(handle) == nil)
    #expect(table.count == 0)
  }

  @Test("a stale handle finds nothing, and removes nothing")
  func stale() throws {
    var table = HandleTable<Thing>()
    let first = try insert(Thing(), into: &table)
    _ = table.remove(first)
    let thing = Thing()
    let second = try insert(thing, into: &table)
    #expect(second.index == first.index)
    #expect(second != first)
    #expect(table.object(first) == nil)
    #expect(table.remove(first) == nil)
    #expect(table.object(second) === thing)
    #expect(table.count == 1)
  }

  @Test("zero is never issued, and names nothing")
  func zero() throws {
    var table = HandleTable<Thing>()
    #expect(table.object(Handle(bits: 0)) == nil)
    for _ in 0..<100 {
      let handle = try insert(Thing(), into: &table)
      #expect(handle.bits != 0)
    }
    #expect(table.object(Handle(bits: 0)) == nil)
    #expect(table.remove(Handle(bits: 0)) == nil)
  }

  @Test("bits that were never a handle name nothing", arguments: [1, 1 << 32 | 99, 9 << 32, .max])
  func madeUp(bits: UInt64) {
    var table = HandleTable<Thing>()
    _ = table.insert(Thing())
    #expect(table.object(Handle(bits: bits)) == nil)
    #expect(table.remove(Handle(bits: bits)) == nil)
  }

  @Test("a slot whose epoch would wrap is never used again")
  func exhausted() throws {
    var table = HandleTable<Thing>()
    _ = table.insert(Thing())
    table.slots[0].epoch = .max
    let last = Handle(index: 0, epoch: .max)
    #expect(table.remove(last) != nil)
    #expect(table.object(last) == nil)
    #expect(table.object(Handle(bits: 0)) == nil)
    #expect(table.remove(Handle(bits: 0)) == nil)
    let next = try insert(Thing(), into: &table)
    #expect(next.index == 1)
    #expect(table.count == 1)
  }

  @Test("the last epoch but one is used, and then the last")
  func almostExhausted() throws {
    var table = HandleTable<Thing>()
    _ = table.insert(Thing())
    table.slots[0].epoch = .max - 1
    _ = table.remove(Handle(index: 0, epoch: .max - 1))
    #expect(table.insert(Thing()) == Handle(index: 0, epoch: .max))
  }

  @Test("a handle keeps index and epoch apart")
  func bits() {
    let handle = Handle(index: .max, epoch: 1)
    #expect(handle.bits == 0x1_FFFF_FFFF)
    #expect(handle.index == .max)
    #expect(handle.epoch == 1)
  }
}
