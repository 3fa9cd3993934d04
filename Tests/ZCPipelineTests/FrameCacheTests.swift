import Testing
import ZCPipeline

@Suite("the frame cache")
struct FrameCacheTests {
  private func cache(_ capacity: Int, _ names: [String]) -> FrameCache<String> {
    var cache = FrameCache<String>(capacity: capacity)
    for (index, name) in names.enumerated() {
      _ = cache.keep(name, index: index)
    }
    return cache
  }

  @Test("the oldest frame gives way, whoever asked for it since")
  func oldest() {
    var cache = cache(3, ["a", "b", "c"])
    #expect(cache.frame(0) == "a")
    #expect(cache.keep("d", index: 3) == ["a"])
    #expect(cache.frames == ["b", "c", "d"])
    #expect(cache.counts.evictions == 1)
  }

  @Test("a frame is found by its number, as long as it is kept")
  func lookup() {
    var cache = cache(2, ["a", "b", "c"])
    #expect(cache.frame(1) == "b")
    #expect(cache.frame(2) == "c")
    #expect(cache.frame(0) == nil && cache.frame(9) == nil)
    #expect(cache.counts.hits == 2 && cache.counts.misses == 2)
  }

  @Test("of one number there is one frame")
  func replace() {
    var cache = cache(2, ["a", "b"])
    #expect(cache.keep("A", index: 0) == ["a"])
    #expect(cache.frames == ["b", "A"])
    #expect(cache.counts.evictions == 0)
  }

  @Test("a cache for no frames hands each back")
  func none() {
    var cache = FrameCache<String>(capacity: -1)
    #expect(cache.keep("a", index: 0) == ["a"])
    #expect(cache.count == 0)
  }

  @Test("room is made one by one, the oldest first; dropped, it holds nothing")
  func evict() {
    var cache = cache(3, ["a", "b", "c"])
    #expect(cache.evict() == "a")
    #expect(cache.drop() == ["b", "c"])
    #expect(cache.evict() == nil && cache.drop().isEmpty)
  }
}
