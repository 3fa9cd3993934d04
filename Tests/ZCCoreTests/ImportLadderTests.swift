import Testing

@testable import ZCCore

@Suite("ImportLadder")
struct ImportLadderTests {
  private let nv12 = ImportLadder.Kind(.nv12, Surface.linear)

  private func ladder(
    missing: String? = nil, modifiers: Bool = true, external: Bool = true
  ) -> ImportLadder {
    ImportLadder(
      means: ImportLadder.Means(
        missing: missing, tellsModifiers: modifiers,
        missingExternal: external ? nil : "no external textures"))
  }

  @Test("every rung is tried, best first, for linear NV12 where all is there")
  func all() {
    #expect(ladder().rungs(for: nv12) == ImportLadder.Rung.allCases)
  }

  @Test("without import there is the download, then the CPU, and one reason")
  func missing() {
    let ladder = ladder(missing: "EGL_EXT_image_dma_buf_import is missing")
    #expect(ladder.rungs(for: nv12) == [.download, .software])
    #expect(ladder.story(of: nv12) == "EGL_EXT_image_dma_buf_import is missing")
  }

  @Test("a modifier is left out only where the memory is linear")
  func tiled() {
    let tiled = ImportLadder.Kind(.nv12, 0x0100_0000_0000_0002)
    #expect(!ladder().rungs(for: tiled).contains(.planesUntold))
    #expect(ladder(modifiers: false).rungs(for: tiled) == [.download, .software])
    #expect(ladder(modifiers: false, external: false).rungs(for: nv12).first == .planesUntold)
    let untold = ImportLadder.Kind(.nv12, nil)
    #expect(ladder(modifiers: false).rungs(for: untold).first == .planes)
  }

  @Test("a refused rung is not tried again for that kind, and the reason stays")
  func refused() {
    var ladder = ladder(external: false)
    ladder.refuse(.planes, for: nv12, "EGL_BAD_MATCH")
    #expect(ladder.rungs(for: nv12) == [.planesUntold, .download, .software])
    #expect(ladder.rungs(for: ImportLadder.Kind(.p010, 0)).first == .planes)
    #expect(ladder.story(of: nv12).contains("planes: EGL_BAD_MATCH"))
    ladder.accept(.planesUntold, for: nv12)
    #expect(ladder.known(nv12) == .planesUntold)
    #expect(ladder.report.text.contains(#""by": "planes, modifier untold""#))
  }

  @Test("colour is hinted at only where there are planes of it")
  func hints() {
    let rgb = ImportLadder.Kind(.argb8888, nil)
    #expect(ladder().rungs(for: rgb) == [.planes, .composed, .download, .software])
  }

  @Test("what is remembered is bounded")
  func bounded() {
    var ladder = ladder()
    for modifier in 0..<1000 {
      ladder.refuse(.planes, for: ImportLadder.Kind(.nv12, UInt64(modifier)), "no")
    }
    #expect(ladder.known(ImportLadder.Kind(.nv12, 999)) == nil)
    guard case .array(let entries) = ladder.report else { return }
    #expect(entries.count == ImportLadder.memory)
  }
}

@Suite("ImportCache")
struct ImportCacheTests {
  private func key(_ inode: UInt64) throws -> SurfaceKey {
    SurfaceKey(
      fourcc: .r8, extent: .pixel, modifier: nil,
      places: [SurfaceKey.Place(inode: inode, offset: 0, pitch: 1)])
  }

  @Test("a surface is found by its memory and layout, for its owner alone")
  func found() throws {
    var cache = ImportCache<Int>(capacity: 4)
    #expect(cache.keep(1, as: try key(1), of: 10) == [])
    #expect(cache.find(try key(1), of: 10) == 1)
    #expect(cache.find(try key(2), of: 10) == nil)
    #expect(cache.find(try key(1), of: 11) == nil)
  }

  @Test("over its count the least recently used leaves")
  func bounded() throws {
    var cache = ImportCache<Int>(capacity: 2)
    _ = cache.keep(1, as: try key(1), of: 0)
    _ = cache.keep(2, as: try key(2), of: 0)
    _ = cache.find(try key(1), of: 0)
    #expect(cache.keep(3, as: try key(3), of: 0) == [2])
    #expect(cache.count == 2)
    #expect(cache.keep(4, as: try key(3), of: 0) == [3])
  }

  @Test("an owner's are forgotten together")
  func forgotten() throws {
    var cache = ImportCache<Int>(capacity: 9)
    for owner in 1...3 { _ = cache.keep(owner, as: try key(UInt64(owner)), of: UInt64(owner % 2)) }
    #expect(cache.forget(1) == [1, 3])
    #expect(cache.count == 1)
  }
}
