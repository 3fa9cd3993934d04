import Glibc
import Testing
import ZCCore
import ZCGL
import ZCTestSupport

@testable import ZCContext

@Suite("Imported surfaces")
struct ImportTests {
  /// A recorder that can import.
  private static func recorder(
    isES: Bool = false, modifiers: Bool = true, isQuiet: Bool = false
  ) -> RecordingGL {
    RecordingGL(
      isQuiet: isQuiet, isES: isES,
      eglExtensions: Set(
        [
          "EGL_KHR_image_base", "EGL_EXT_image_dma_buf_import", "EGL_KHR_gl_texture_2D_image",
          "EGL_MESA_image_dma_buf_export",
        ] + (modifiers ? ["EGL_EXT_image_dma_buf_import_modifiers"] : [])),
      glExtensions: isES
        ? ["GL_OES_EGL_image", "GL_OES_EGL_image_external_essl3"] : ["GL_EXT_EGL_image_storage"])
  }

  private static func surface(
    _ fourcc: Fourcc, modifier: UInt64 = Surface.linear, inode: UInt64 = 1
  ) throws -> Surface {
    let count = try #require(fourcc.planes).count
    let planes = (0..<count).map {
      SurfaceLayout.Plane(object: 0, offset: Int64($0) * 64 * 256, pitch: 256)
    }
    let layout = SurfaceLayout(
      fourcc: fourcc, width: 64, height: 64,
      objects: [SurfaceLayout.Object(descriptor: 3, modifier: modifier)],
      layers: [SurfaceLayout.Layer(fourcc: fourcc, planes: planes)])
    return try Surface(layout, limit: 4096) { _ in
      DescriptorFacts(size: 1 << 20, mayBeDmabuf: true, inode: inode)
    }
  }

  private func load(
    _ surface: Surface, in context: GPUContext, keptFor owner: UInt64? = nil
  ) throws(ZCError) -> ImportedSurface {
    try context.withCurrent { (current) throws(ZCError) in
      try context.importSurface(surface, keptFor: owner, current)
    }
  }

  private func picture(of surface: Surface, in context: GPUContext) throws(ZCError) -> Frame {
    try Frame(importing: surface, hints: nil, in: context) {
      imported, target, current throws(ZCError) in
      try context.draw(
        imported, column: .vec3(1, 0, 0), row: .vec3(0, -1, 63), into: target, current)
    }
  }

  @Test("what memory belongs to stays until the fence of the work that reads it")
  func guests() throws {
    final class Owner: Sendable {}
    let gl = Self.recorder()
    let context = GPUContext(recording: gl)
    gl.holdFences()
    weak var seen: Owner?
    do {
      let owner = Owner()
      seen = owner
      try context.withCurrent { (current) throws(ZCError) in context.keep(owner, current) }
    }
    try context.turnOnce()
    #expect(seen != nil)
    gl.signalAll()
    try context.turnOnce()
    #expect(seen == nil)
  }

  @Test("NV12 is a texture for each plane, told with its modifier; no image is left")
  func planes() throws {
    let gl = Self.recorder()
    let context = GPUContext(recording: gl)
    let imported = try load(try Self.surface(.nv12), in: context)
    #expect(imported.rung == .planes)
    #expect(gl.imageLayouts.map(\.fourcc) == [.r8, .gr88])
    #expect(gl.imageLayouts.map(\.modifier) == [0, 0])
    #expect(gl.imageLayouts.map(\.extent.width) == [64, 32])
    #expect(gl.liveImages == 0)
    #expect(gl.liveTextures == imported.planes.map(\.name))
  }

  @Test("an imported texture is deleted behind the fence of what last read it, not before")
  func retired() throws {
    let gl = Self.recorder()
    let context = GPUContext(recording: gl)
    gl.holdFences()
    var imported: ImportedSurface? = try load(try Self.surface(.nv12), in: context)
    #expect(imported?.planes.count == 2)
    gl.whileFinalising { imported = nil }
    try context.turnOnce()
    #expect(gl.liveTextures.count == 2)
    gl.signalAll()
    try context.turnOnce()
    #expect(gl.liveNames == 0)
  }

  @Test("each rung is tried in turn; what is refused for its kind is asked once")
  func ladder() throws {
    let gl = Self.recorder(isES: true)
    let context = GPUContext(recording: gl)
    gl.refuseImages { layout in
      layout.planes.count == 2 && layout.hints == nil ? nil : .kind("EGL_BAD_MATCH")
    }
    let first = try load(try Self.surface(.nv12), in: context)
    #expect(first.rung == .composed && first.isExternal)
    #expect(gl.imageLayouts.map(\.planes.count) == [1, 1, 2])
    #expect(gl.imageLayouts.map(\.modifier) == [0, nil, 0])
    let second = try load(try Self.surface(.nv12, inode: 2), in: context)
    #expect(second.rung == .composed)
    #expect(gl.imageLayouts.count == 4)
    #expect(context.importReport.text.contains("EGL_BAD_MATCH"))
  }

  @Test("memory that is refused is refused for itself alone: the next is tried as ever")
  func memory() throws {
    let gl = Self.recorder()
    let context = GPUContext(recording: gl)
    gl.refuseImages { _ in .memory("EGL_BAD_ALLOC: it is memory of another device") }
    let surface = try Self.surface(.nv12)
    let error = #expect(throws: ZCError.self) { try load(surface, in: context) }
    #expect(error?.description.contains("another device") == true)
    #expect(error?.description.contains("external textures are OpenGL ES's") == true)
    #expect(gl.liveNames == 0 && gl.liveImages == 0)
    gl.refuseImages(nil)
    #expect(try load(surface, in: context).rung == .planes)
  }

  @Test("the second plane's refusal leaves nothing of the first")
  func half() throws {
    let gl = Self.recorder(modifiers: false)
    let context = GPUContext(recording: gl)
    gl.refuseImages { $0.fourcc == .gr88 ? .memory("EGL_BAD_ALLOC") : nil }
    let surface = try Self.surface(.nv12)
    #expect(throws: ZCError.self) { try load(surface, in: context) }
    #expect(gl.liveNames == 0 && gl.liveImages == 0)
  }

  @Test("external-only textures are taken as such on ES, and refused in words elsewhere")
  func externalOnly() throws {
    let gl = Self.recorder(isES: true)
    let context = GPUContext(recording: gl)
    gl.setExternalOnly(true)
    let frame = try picture(of: try Self.surface(.argb8888), in: context)
    #expect(gl.draws.count == 1)
    #expect(gl.draws.first?.target == frame.record.name)
    let desktop = Self.recorder()
    desktop.setExternalOnly(true)
    let other = GPUContext(recording: desktop)
    let surface = try Self.surface(.argb8888)
    let error = #expect(throws: ZCError.self) {
      try picture(of: surface, in: other)
    }
    #expect(error?.description.contains("external texture only") == true)
    #expect(desktop.liveNames == 0)
  }

  @Test("without the extension nothing is asked of the driver, and the message names it")
  func missing() throws {
    let gl = RecordingGL()
    let context = GPUContext(recording: gl)
    let surface = try Self.surface(.nv12)
    let error = #expect(throws: ZCError.self) { try load(surface, in: context) }
    #expect(error?.description.contains("EGL_EXT_image_dma_buf_import") == true)
    #expect(gl.imageLayouts.isEmpty)
  }

  @Test("a frame of another's memory is drawn from it at each read: nothing is uploaded")
  func live() throws {
    let gl = Self.recorder()
    let context = GPUContext(recording: gl)
    let frame = try picture(of: try Self.surface(.argb8888), in: context)
    let imported = try #require(gl.imageLayouts.count == 1 ? gl.liveTextures.first : nil)
    #expect(gl.draws.map { $0.sampled["picture"] } == [imported])
    let calls = try gl.calls {
      try context.withCurrent { (current) throws(ZCError) in try frame.lendToGPU(current) }
    }
    #expect(calls.contains(.draw(frame.record.name)))
    #expect(gl.draws.map { $0.sampled["picture"] } == [imported, imported])
    #expect(!gl.calls.contains { if case .upload = $0 { true } else { false } })
  }

  @Test("a surface that is kept is imported once, and again in the next generation")
  func kept() throws {
    let gl = Self.recorder()
    let next = Self.recorder()
    let context = GPUContext(driver: gl) { () throws(ZCError) in next }
    let surface = try Self.surface(.nv12)
    let first = try load(surface, in: context, keptFor: 9)
    #expect(try load(surface, in: context, keptFor: 9) === first)
    #expect(try load(surface, in: context, keptFor: 8) !== first)
    context.forgetImports(of: 9)
    #expect(try load(surface, in: context, keptFor: 9) !== first)
    try context.reinitialize()
    #expect(try load(surface, in: context, keptFor: 9).generation == Generation(rawValue: 2))
    #expect(next.imageLayouts.count == 2)
  }

  @Test("a lost context refuses with its loss, and not with the memory")
  func lost() throws {
    let gl = Self.recorder()
    let context = GPUContext(recording: gl)
    gl.lose("a test")
    let surface = try Self.surface(.nv12)
    let error = #expect(throws: ZCError.self) { try load(surface, in: context) }
    guard case .contextLost = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("an exported frame is turned over, and its texture stays while the export does")
  func exported() throws {
    let gl = Self.recorder()
    let context = GPUContext(recording: gl)
    var pipes: [Int32] = [0, 0]
    try #require(unsafe pipe(&pipes) == 0)
    gl.export(
      ExportedTexture(
        fourcc: .abgr8888, modifier: 0, descriptors: [pipes[0]], offsets: [0], pitches: [16]))
    let frame = try context.frame(try extent(4, 4))
    var export: Dmabuf? = try frame.exported()
    let names = gl.liveTextures
    #expect(export?.layout.layers.first?.planes.first?.pitch == 16)
    #expect(names.contains { gl.picture(of: $0) == .flipped(.clear) })
    let number = try #require(export?.layout.objects.first?.descriptor)
    #expect(fcntl(number, F_GETFD) >= 0)
    export = nil
    #expect(fcntl(number, F_GETFD) == -1)
    close(pipes[1])
  }

  @Test("what cannot be exported leaves no texture in use")
  func refusedExport() throws {
    let gl = Self.recorder()
    let context = GPUContext(recording: gl)
    let frame = try context.frame(try extent(4, 4))
    #expect(throws: ZCError.dmabuf("the recorder exports nothing")) { try frame.exported() }
    try context.turnOnce()
    #expect(try Pool(of: context).statistics().live.count == 1)
  }
}
