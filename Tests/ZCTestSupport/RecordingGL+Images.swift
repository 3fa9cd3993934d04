package import ZCCore
package import ZCGL

extension RecordingGL {
  /// Images are refused from now on where this says so, by layout; nil makes them again.
  package func refuseImages(_ refusal: (@Sendable (ImageLayout) -> ImageRefusal?)?) {
    state.withLock { $0.imageRefusal = refusal }
  }

  /// Whether images come as external textures only, as linear ones do on some drivers.
  package func setExternalOnly(_ isExternalOnly: Bool) {
    state.withLock { $0.isExternalOnly = isExternalOnly }
  }

  /// The layouts that images were asked for, in order.
  package var imageLayouts: [ImageLayout] { state.withLock { $0.imageLayouts } }
  package var liveImages: Int { state.withLock { $0.images.count } }

  package func createImage(_ layout: ImageLayout) -> ImageOutcome {
    let hasModifiers = capabilities.importMeans.tellsModifiers
    return call("createImage") { state in
      state.imageLayouts.append(layout)
      if !(1...4).contains(layout.planes.count) {
        state.object("an image of \(layout.planes.count) planes")
      }
      if layout.modifier != nil, !hasModifiers {
        state.object("a modifier that EGL cannot be told")
      }
      if let refusal = state.imageRefusal?(layout) { return .refused(refusal) }
      state.lastImage += 1
      state.images[state.lastImage] = layout.extent
      return .made(state.lastImage)
    }
  }

  package func destroyImage(_ image: UInt) {
    call("destroyImage") { state in
      if state.images.removeValue(forKey: image) == nil {
        state.object("image \(image) was destroyed twice, or never made")
      }
    }
  }

  package func createTexture(from image: UInt, isExternal: Bool) -> UInt32 {
    call("createTexture(from:)") { state in
      let name = state.newName()
      state.calls.append(.createTexture(name))
      guard let extent = state.images[image] else {
        state.object("a texture of image \(image), which does not live")
        return name
      }
      if !isExternal, state.isExternalOnly { state.pendingErrors.append(0x0502) }
      state.textures[name] = RecordedState.Surface(
        extent: extent, format: .rgba8, picture: .memory(name))
      if isExternal {
        state.externals.insert(name)
        state.externalUnits[0] = name
      } else {
        state.units[0] = name
      }
      state.activeUnit = 0
      return name
    }
  }

  package func bindExternal(_ name: UInt32, unit: Int32) {
    call("bindExternal") { state in
      state.calls.append(.bindTexture(name, unit: unit))
      if state.textures[name] == nil || !state.externals.contains(name) {
        state.object("texture \(name) was bound as external and is none")
      }
      state.activeUnit = unit
      state.externalUnits[unit] = name
    }
  }

  package func exportTexture(_ name: UInt32) throws(ZCError) -> ExportedTexture {
    let lives = call("exportTexture") { state in
      if state.textures[name] == nil {
        state.object("export of texture \(name), which does not live")
      }
      return state.textures[name] != nil
    }
    guard lives, let export = state.withLock({ $0.export }) else {
      throw .dmabuf("the recorder exports nothing")
    }
    return export
  }

  /// What the next textures are exported as; nil for none.
  package func export(_ export: ExportedTexture?) { state.withLock { $0.export = export } }

  package func exportFence() -> Int32? { call("exportFence") { $0.fenceDescriptor } }
}
