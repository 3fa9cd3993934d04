package import ZCCore
package import ZCGL

extension GPUContext {
  /// How many surfaces a context keeps imported.
  static let importCapacity = 64

  /// Brings a surface in by the best way that the driver allows; what it refuses for all surfaces of
  /// a kind is remembered for this generation. A driver that converts YCbCr takes it for what `hints`
  /// say. With an `owner` it is kept until ``forgetImports(of:)``, and not imported again before.
  /// - Throws: `dmabuf` with a line for each way that was tried; `contextLost`, `gl`.
  package func importSurface(
    _ surface: Surface, hints: ImageLayout.Hints? = nil, keptFor owner: UInt64? = nil,
    _ current: borrowing Current
  ) throws(ZCError) -> ImportedSurface {
    let life = life
    if let owner, let known = life.imports.withLock({ $0.find(surface.key, of: owner) }) {
      return known
    }
    try current.check("earlier work")
    let kind = ImportLadder.Kind(surface.fourcc, surface.modifier)
    var refusals: [ImportLadder.Rung: String] = [:]
    for rung in life.ladder.withLock({ $0.rungs(for: kind) }) where rung.isImport {
      switch try attempt(surface, by: rung, hints, current) {
      case .made(let imported):
        life.ladder.withLock { $0.accept(rung, for: kind) }
        if let owner { keep(imported, as: surface.key, of: owner, in: life) }
        return imported
      case .refused(let refusal):
        refusals[rung] = refusal.words
        guard case .kind(let reason) = refusal else { continue }
        life.ladder.withLock { $0.refuse(rung, for: kind, reason) }
      }
    }
    let fresh = refusals
    throw .dmabuf(
      "\(surface.fourcc) of \(surface.extent.width) x \(surface.extent.height) cannot be used "
        + "without a copy:\n" + life.ladder.withLock { $0.story(of: kind, fresh) })
  }

  /// Lets go of what is kept of an owner's surfaces. Calls no driver, waits for nobody.
  package func forgetImports(of owner: UInt64) {
    let leaving = latest.imports.withLock { $0.forget(owner) }
    _ = consume leaving
  }

  /// What became of each kind of surface in this generation.
  package var importReport: JSONText { latest.ladder.withLock { $0.report } }

  private func keep(
    _ imported: ImportedSurface, as key: SurfaceKey, of owner: UInt64, in life: Life
  ) {
    let leaving = life.imports.withLock { $0.keep(imported, as: key, of: owner) }
    _ = consume leaving
  }

  private enum Attempt {
    case made(ImportedSurface)
    case refused(ImageRefusal)
  }

  private func attempt(
    _ surface: Surface, by rung: ImportLadder.Rung, _ hints: ImageLayout.Hints?,
    _ current: borrowing Current
  ) throws(ZCError) -> Attempt {
    let modifier = rung == .planesUntold ? nil : surface.modifier
    let layouts =
      if rung.isComposed {
        [ImageLayout(surface, modifier: modifier, hints: rung == .composed ? hints : nil)]
      } else {
        surface.planes.map { ImageLayout($0, modifier: modifier) }
      }
    var planes: [ImportedSurface.Plane] = []
    var isMade = false
    defer { if !isMade { for plane in planes { plane.delete(current) } } }
    for layout in layouts {
      switch try plane(layout, isExternal: rung.isComposed, current) {
      case .success(let plane): planes.append(plane)
      case .failure(let refusal): return .refused(refusal)
      }
    }
    isMade = true
    return .made(
      ImportedSurface(surface, by: rung, planes, graveyard, in: current.generation))
  }

  private func plane(
    _ layout: ImageLayout, isExternal: Bool, _ current: borrowing Current
  ) throws(ZCError) -> Result<ImportedSurface.Plane, ImageRefusal> {
    let gl = current.gl
    let image: UInt
    switch gl.createImage(layout) {
    case .made(let made): image = made
    case .refused(let refusal): return .failure(refusal)
    }
    let name = gl.createTexture(from: image, isExternal: isExternal)
    // The texture keeps the memory.
    gl.destroyImage(image)
    var isMade = false
    defer { if !isMade { gl.deleteTexture(name) } }
    let code = current.takeErrors()
    if code != 0 {
      let error = current.refusal(current.failure("a texture of an image", code))
      if case .contextLost = error { throw error }
      let isKind = code == Self.invalidOperation && !isExternal
      return .failure(
        isKind
          ? .kind("the driver has it as an external texture only (GL_INVALID_OPERATION)")
          : .memory(error.description))
    }
    isMade = true
    return .success(
      ImportedSurface.Plane(
        name: name, fourcc: layout.fourcc, extent: layout.extent))
  }

  /// What `glGetError` returns.
  private static let invalidOperation: UInt32 = 0x0502
}

extension ImageRefusal: Error {}
