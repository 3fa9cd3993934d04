import Testing
import ZCCore
import ZCGL

@testable import ZCContext

/// What draws imported pictures, compiled by the machine's own driver.
@Suite("Programs that read imported textures")
struct ExternalTextureTests {
  private func compile(_ wish: ContextVersion.Wish, isExternal: Bool) throws {
    let context = try GPUContext { () throws(ZCError) in try DriverSearch(wish: wish).find() }
    let capabilities = context.capabilities
    if isExternal { try #require(capabilities.importMeans.missingExternal == nil) }
    try context.withCurrent { (current) throws(ZCError) in
      let text = GPUContext.reading(
        isExternal: isExternal, isES: capabilities.version.isES)
      let program = try context.program(text, current)
      #expect(program.uniforms.count == 4)
      // Each one is used: a driver says -1 of those that are not, and `size` is the filter's.
      let isMissing = program.uniforms.map { $0 < 0 }
      #expect(isMissing == [false, false, false, !isExternal])
    }
    try context.close()
  }

  @Test("external ones on OpenGL ES, which alone has them")
  func external() throws { try compile(.es, isExternal: true) }

  @Test("ordinary ones on both", arguments: [ContextVersion.Wish.es, .gl])
  func ordinary(_ wish: ContextVersion.Wish) throws { try compile(wish, isExternal: false) }
}
