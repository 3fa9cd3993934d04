import Testing

@testable import ZCGL

@Suite("the table of GL's state")
struct GLStateTableTests {
  private func capabilities(
    es: Bool = false, _ major: Int32, _ minor: Int32, compatible: Bool = false,
    _ extensions: Set<String> = []
  ) -> Capabilities {
    var version = ContextVersion(isES: es, major: major, minor: minor)
    version.isCompatibility = compatible
    var capabilities = Capabilities(version: version)
    capabilities.glExtensions = extensions
    return capabilities
  }

  private func settings(_ capabilities: Capabilities, viewports: Int32 = 0) -> [GLSetting] {
    GLStateTable.rows(
      for: GLFeatures(capabilities), viewports: viewports, packReverse: capabilities.packReverse
    ).map(\.setting)
  }

  @Test("has each setting once")
  func once() {
    for capabilities in [
      capabilities(4, 5), capabilities(4, 5, compatible: true), capabilities(es: true, 3, 2),
    ] {
      let all = settings(capabilities, viewports: 16)
      #expect(Set(all).count == all.count)
    }
  }

  @Test("pauses transform feedback first: while it runs no program can be used")
  func feedbackFirst() throws {
    let all = settings(capabilities(4, 5))
    let feedback = try #require(all.firstIndex(of: .transformFeedback))
    let program = try #require(all.firstIndex(of: .program))
    #expect(feedback < program)
  }

  @Test("asks a context only for what its version or its extensions have")
  func features() {
    let old = settings(capabilities(3, 3))
    #expect(!old.contains(.transformFeedback))
    #expect(!old.contains(.clipControl))
    #expect(old.contains(.viewport))
    #expect(old.contains(.polygonMode))
    let extended = settings(
      capabilities(3, 3, ["GL_ARB_viewport_array", "GL_ARB_clip_control"]), viewports: 16)
    #expect(extended.contains(.clipControl))
    #expect(extended.contains(.viewports(15)))
    #expect(!extended.contains(.viewport))
    let embedded = settings(capabilities(es: true, 3, 0))
    #expect(embedded.contains(.colorMask))
    #expect(!embedded.contains(.firstColorMask))
    #expect(!embedded.contains(.polygonMode))
    #expect(settings(capabilities(es: true, 3, 2)).contains(.firstColorMask))
  }

  @Test("knows what only the compatibility profile applies to fragments and pixels")
  func compatibility() {
    let stipple = GLSetting.toggle(0x0B42)
    let scale = GLSetting.pixelTransfer(0x0D14)
    let core = settings(capabilities(4, 5))
    let compatible = settings(capabilities(4, 5, compatible: true))
    for setting in [stipple, scale] {
      #expect(!core.contains(setting))
      #expect(compatible.contains(setting))
    }
  }
}

@Suite("a context's version, as GL tells it")
struct ContextVersionTextTests {
  @Test(
    "is read from what drivers say",
    arguments: [
      ("4.5 (Core Profile) Mesa 22.3.6", false, Int32(4), Int32(5)),
      ("3.3.0 NVIDIA 535.54.03", false, 3, 3),
      ("2.1 Mesa 22.3.6", false, 2, 1),
      ("OpenGL ES 3.2 Mesa 22.3.6", true, 3, 2),
      ("OpenGL ES 3.1.0 (ANGLE 2.1.0 git hash: abc)", true, 3, 1),
      ("OpenGL ES-CM 1.1 Mesa", true, 1, 1),
    ])
  func read(_ text: String, _ isES: Bool, _ major: Int32, _ minor: Int32) {
    #expect(ContextVersion(text) == ContextVersion(isES: isES, major: major, minor: minor))
  }

  @Test("is not read from what is none", arguments: ["", "OpenGL ES", "Mesa", "4", "4.x"])
  func none(_ text: String) { #expect(ContextVersion(text) == nil) }

  @Test("is enough from OpenGL 3.3 and OpenGL ES 3.0 on")
  func enough() {
    #expect(ContextVersion(isES: false, major: 3, minor: 3).isEnough)
    #expect(!ContextVersion(isES: false, major: 3, minor: 2).isEnough)
    #expect(!ContextVersion(isES: false, major: 2, minor: 1).isEnough)
    #expect(ContextVersion(isES: true, major: 3, minor: 0).isEnough)
    #expect(!ContextVersion(isES: true, major: 2, minor: 0).isEnough)
  }
}
