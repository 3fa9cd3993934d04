import Testing

@testable import ZCCore

@Suite("Surface")
struct SurfaceTests {
  /// NV12, 64 x 48, both planes in one object of exactly their size.
  private func nv12() -> SurfaceLayout {
    SurfaceLayout(
      fourcc: .nv12, width: 64, height: 48, objects: [SurfaceLayout.Object(descriptor: 7)],
      layers: [
        SurfaceLayout.Layer(
          fourcc: .nv12,
          planes: [
            SurfaceLayout.Plane(object: 0, offset: 0, pitch: 64),
            SurfaceLayout.Plane(object: 0, offset: 3072, pitch: 64),
          ])
      ])
  }

  private func check(
    _ layout: SurfaceLayout, size: Int64 = 4608, isDmabuf: Bool = true
  ) throws(ZCError) -> Surface {
    try Surface(layout, limit: 4096) { number in
      number == 7 ? DescriptorFacts(size: size, mayBeDmabuf: isDmabuf, inode: 5) : nil
    }
  }

  private func refusal(
    of layout: SurfaceLayout, size: Int64 = 4608, isDmabuf: Bool = true
  ) -> String? {
    let made = Result { () throws(ZCError) in
      try check(layout, size: size, isDmabuf: isDmabuf)
    }
    guard case .failure(let error) = made else { return nil }
    return error.description
  }

  @Test("planes that fill their memory to the last byte fit; one byte less does not")
  func fits() throws {
    let surface = try check(nv12())
    #expect(surface.planes.map(\.format.fourcc) == [.r8, .gr88])
    #expect(surface.planes.map { [$0.extent.width, $0.extent.height] } == [[64, 48], [32, 24]])
    #expect(surface.modifier == nil)
    let words = try #require(refusal(of: nv12(), size: 4607))
    #expect(words.contains("end at byte 4608") && words.contains("has 4607"))
  }

  @Test("chroma of odd sizes is rounded up")
  func odd() throws {
    var layout = nv12()
    layout.width = 63
    layout.height = 47
    #expect(try check(layout).planes[1].extent.width == 32)
    #expect(try check(layout).planes[1].extent.height == 24)
  }

  @Test("the memory's own size counts where an exporter states more")
  func stated() throws {
    var layout = nv12()
    layout.objects[0].size = 1 << 40
    #expect(refusal(of: layout, size: 100)?.contains("has 100") == true)
    layout.objects[0].size = 4607
    #expect(refusal(of: layout, size: 10_000)?.contains("has 4607") == true)
    #expect(refusal(of: nv12(), size: 0)?.contains("nobody says how large") == true)
  }

  @Test(
    "a pitch or an offset that does not fit is refused, whatever the number",
    arguments: [Int64.min, -1, 0, 63, 1 << 31, .max])
  func numbers(_ number: Int64) throws {
    var layout = nv12()
    layout.layers[0].planes[0].pitch = number
    #expect(refusal(of: layout) != nil)
    layout = nv12()
    layout.layers[0].planes[1].offset = number == 0 || number == 63 ? 3073 : number
    #expect(refusal(of: layout) != nil)
    layout = nv12()
    layout.width = number == 63 ? 4097 : number
    #expect(refusal(of: layout) != nil)
  }

  @Test("an object or a plane that is not there is refused")
  func counts() throws {
    var layout = nv12()
    layout.layers[0].planes[1].object = 1
    #expect(refusal(of: layout)?.contains("object 1; there are 1") == true)
    layout.layers[0].planes[1].object = -1
    #expect(refusal(of: layout) != nil)
    layout = nv12()
    layout.layers[0].planes.removeLast()
    #expect(refusal(of: layout)?.contains("it has 1 planes; 'NV12' has 2") == true)
    layout.layers = []
    #expect(refusal(of: layout) != nil)
  }

  @Test("separate layers are of the planes' own formats, in their order")
  func layers() throws {
    var layout = nv12()
    let planes = layout.layers[0].planes
    layout.layers = [
      SurfaceLayout.Layer(fourcc: .r8, planes: [planes[0]]),
      SurfaceLayout.Layer(fourcc: .gr88, planes: [planes[1]]),
    ]
    #expect(refusal(of: layout) == nil)
    layout.layers.swapAt(0, 1)
    #expect(refusal(of: layout)?.contains("layer 0 is 1 planes of 'GR88'") == true)
  }

  @Test("what is closed, a file, or of an unknown format is refused in words")
  func descriptors() throws {
    var layout = nv12()
    #expect(refusal(of: layout, isDmabuf: false)?.contains("no DMA-BUF") == true)
    layout.objects[0].descriptor = 8
    #expect(refusal(of: layout)?.contains("descriptor 8 is not open") == true)
    layout = nv12()
    layout.fourcc = Fourcc(code: 1)
    #expect(refusal(of: layout)?.contains("0x1 is no format") == true)
  }

  @Test("planes of one surface have one modifier")
  func modifiers() throws {
    var layout = nv12()
    layout.objects.append(SurfaceLayout.Object(descriptor: 7, modifier: 0))
    layout.objects[0].modifier = 1
    layout.layers[0].planes[1].object = 1
    #expect(refusal(of: layout)?.contains("different modifiers") == true)
    layout.objects[0].modifier = 0
    #expect(try check(layout).modifier == Surface.linear)
  }

  @Test("a name is four characters, and comes back as it was", arguments: ["NV12", "R8", "GR32"])
  func names(_ name: String) throws {
    #expect(try #require(Fourcc(name)).description == "'\(name)'")
  }

  @Test("names are DRM's numbers, and nothing else is a name")
  func codes() throws {
    #expect(Fourcc("NV12") == .nv12)
    #expect(Fourcc("AR24")?.code == 0x3432_5241)  // drm_fourcc.h: DRM_FORMAT_ARGB8888
    #expect(Fourcc("R8")?.code == 0x2020_3852)  // DRM_FORMAT_R8
    for text in ["", "NV123", "é", "\n"] { #expect(Fourcc(text) == nil) }
  }
}
