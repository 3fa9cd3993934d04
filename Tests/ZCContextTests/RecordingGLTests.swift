import Testing
import ZCCore
import ZCGL
import ZCTestSupport

@Suite("RecordingGL")
struct RecordingGLTests {
  private let gl = RecordingGL(packReverse: false, isQuiet: true)

  /// The objections to what `body` does with the context current.
  private func objections(to body: (RecordingGL) throws -> Void) throws -> [String] {
    try gl.makeCurrent()
    defer { gl.rebind(.none) }
    try body(gl)
    return gl.objections
  }

  /// A texture and its framebuffer, written to.
  private func surface(_ extent: Extent = .pixel) throws -> (texture: UInt32, framebuffer: UInt32) {
    let texture = gl.createTexture(extent, .rgba8)
    let framebuffer = try #require(gl.createFramebuffer(drawingInto: texture))
    gl.bindFramebuffer(framebuffer, extent)
    gl.clearFramebuffer()
    return (texture, framebuffer)
  }

  private func useProgram(_ uniforms: String) throws {
    guard case .built(let name) = gl.buildProgram(vertex: "", fragment: uniforms) else { return }
    gl.useProgram(name)
  }

  @Test("an objection fails the running test")
  func fails() {
    withKnownIssue { _ = RecordingGL().takeError() }
  }

  @Test("deleting twice is objected to, and so is one kind as another")
  func twice() throws {
    let objections = try objections { gl in
      let name = gl.createTexture(.pixel, .rgba8)
      gl.deleteProgram(name)
      gl.deleteTexture(name)
      gl.deleteTexture(name)
      guard let fence = gl.insertFence() else { return }
      gl.deleteFence(fence)
      gl.deleteFence(fence)
      _ = gl.fenceState(fence)
    }
    #expect(
      objections == [
        "program 1 was deleted twice, or is of another kind",
        "texture 1 was deleted twice, or is of another kind",
        "fence 1 was deleted twice, or never made",
        "fence 1 was asked for and does not live",
      ])
  }

  @Test("deleting what was never made is objected to")
  func neverMade() throws {
    let objections = try objections { gl in
      gl.deleteTexture(5)
      gl.deleteFramebuffer(5)
      gl.deleteProgram(5)
      gl.deleteFence(5)
    }
    #expect(objections.count == 4)
    #expect(objections.allSatisfy { $0.contains("never made") })
  }

  @Test("a call without the context current is objected to, and so is one from a foreign thread")
  func notCurrent() throws {
    _ = gl.takeError()
    #expect(gl.objections == ["takeError without the context current on this thread"])
    try gl.makeCurrent()
    try Worker.run { [gl] in
      _ = gl.takeError()
      #expect(throws: ZCError.self) { try gl.makeCurrent() }
    }
    gl.rebind(.none)
    #expect(
      gl.objections.dropFirst() == [
        "takeError from a foreign thread",
        "makeCurrent: the context is current on another thread",
      ])
  }

  @Test("use after the end is objected to")
  func ended() throws {
    gl.destroyContext()
    #expect(gl.objections.isEmpty)
    gl.destroyContext()
    _ = gl.takeError()
    #expect(throws: ZCError.self) { try gl.makeCurrent() }
    #expect(
      gl.objections == [
        "destroyContext twice", "takeError after destroyContext",
        "takeError without the context current on this thread",
        "makeCurrent after destroyContext",
        "makeCurrent: a binding to an ended context was put back",
      ])
  }

  @Test("a call while only finalisers run is objected to")
  func finaliser() {
    gl.whileFinalising { gl.destroyContext() }
    #expect(gl.objections == ["destroyContext in a finaliser"])
  }

  @Test("drawing without a program or a framebuffer is objected to")
  func draws() throws {
    let objections = try objections { gl in
      gl.draw(vertexCount: 3)
      try useProgram("")
      gl.draw(vertexCount: 3)
      gl.clearFramebuffer()
    }
    #expect(
      objections == [
        "draw without a program", "draw without a framebuffer", "clear without a framebuffer",
      ])
  }

  @Test("drawing into a texture that is read is objected to")
  func feedback() throws {
    let objections = try objections { gl in
      try useProgram("uniform sampler2D image;")
      let (texture, framebuffer) = try surface()
      gl.draw(vertexCount: 3)
      gl.setUniform(0, .int(2))
      gl.bindTexture(texture, unit: 2)
      gl.draw(vertexCount: 3)
      gl.blitFramebuffer(from: framebuffer, .pixel, to: framebuffer, .pixel, flipped: false)
    }
    #expect(
      objections == [
        "sampler image reads no texture",
        "sampler image reads texture 2, which is being drawn into",
        "texture 2 was blitted onto itself",
      ])
  }

  @Test("reading what was never written is objected to")
  func undefined() throws {
    let objections = try objections { gl in
      try useProgram("uniform sampler2D image;\nuniform float x;")
      let unwritten = gl.createTexture(.pixel, .rgba8)
      let (_, framebuffer) = try surface()
      gl.setUniform(0, .int(0))
      gl.setUniform(1, .int(0))
      gl.setUniform(9, .int(0))
      gl.bindTexture(unwritten, unit: 0)
      gl.bindFramebuffer(framebuffer, .pixel)
      gl.draw(vertexCount: 3)
    }
    #expect(
      objections == [
        "uniform float x was set to int(0)",
        "a uniform was set at 9, where the program has none",
        "sampler image reads texture 2, which was never written",
      ])
  }

  @Test("what a driver with no memory says is as it was asked to be")
  func faults() throws {
    let objections = try objections { gl in
      gl.failTextures(.outOfMemory, after: 1)
      let first = gl.createTexture(.pixel, .rgba8)
      #expect(gl.createFramebuffer(drawingInto: first) != nil)
      let second = gl.createTexture(.pixel, .rgba8)
      #expect(gl.createFramebuffer(drawingInto: second) == nil)
      #expect(gl.takeError() == 0x0505)
      #expect(gl.takeError() == 0)
      gl.refusePrograms(.vertex("why"))
      guard case .vertexRefused("why") = gl.buildProgram(vertex: "", fragment: "") else {
        Issue.record("the program was built")
        return
      }
    }
    #expect(objections.isEmpty)
  }
}
