import Testing
import ZCGL

@Suite("ContextVersion")
struct ContextVersionTests {
  private func names(_ wish: ContextVersion.Wish, _ major: Int32? = nil, _ minor: Int32 = 0)
    -> [String]
  {
    ContextVersion.ladder(wish, highest: major.map { ($0, minor) }).map(\.description)
  }

  private let desktop = ["OpenGL 4.5 core", "OpenGL 3.3 core"]
  private let embedded = ["OpenGL ES 3.2", "OpenGL ES 3.1"]

  @Test("desktop comes before ES, and the newest first")
  func auto() { #expect(names(.auto) == desktop + embedded) }

  @Test("a wish for one GL gives that one alone")
  func wishes() {
    #expect(names(.gl) == desktop)
    #expect(names(.es) == embedded)
  }

  @Test("nothing above the limit is asked for")
  func limits() {
    #expect(names(.auto, 4, 5) == desktop + embedded)
    #expect(names(.auto, 4, 4) == ["OpenGL 3.3 core"] + embedded)
    #expect(names(.gl, 3, 3) == ["OpenGL 3.3 core"])
    #expect(names(.gl, 3, 2) == [])
    #expect(names(.es, 3, 1) == ["OpenGL ES 3.1"])
    #expect(names(.auto, 2, 9) == [])
    #expect(names(.auto, .max, .max) == desktop + embedded)
    #expect(names(.auto, .min, .min) == [])
  }
}
