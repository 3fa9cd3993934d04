package import ZCCore

extension RecordingGL {
  package func createCube(_ extent: Extent, _ format: PixelFormat) -> UInt32 {
    if extent.width != extent.height { object("a cube of sides that are not square") }
    return call("createCube") { state in
      let name = state.newName()
      state.calls.append(.createTexture(name))
      state.textures[name] = RecordedState.Surface(
        extent: extent, format: format, picture: .cube(Array(repeating: .undefined, count: 6)))
      state.cubeUnits[state.activeUnit] = name
      state.strike(name)
      return name
    }
  }

  package func bindCube(_ name: UInt32, unit: Int32) {
    call("bindCube") { state in
      state.calls.append(.bindTexture(name, unit: unit))
      if state.textures[name]?.picture.faces == nil {
        state.object("texture \(name) was bound as a cube and is none")
      }
      state.activeUnit = unit
      state.cubeUnits[unit] = name
    }
  }

  package func createFramebuffer(drawingIntoCube cube: UInt32) -> UInt32? {
    let isCube = state.withLock { $0.textures[cube]?.picture.faces != nil }
    if !isCube { object("a cube's framebuffer for texture \(cube), which is none") }
    return createFramebuffer(drawingInto: cube)
  }

  package func drawIntoFace(_ face: Int32, of cube: UInt32, by framebuffer: UInt32) {
    call("drawIntoFace") { state in
      if state.framebuffers[framebuffer] != cube {
        state.object("framebuffer \(framebuffer) draws into another texture than \(cube)")
      }
      if !(0..<6).contains(face) { state.object("a cube has no side \(face)") }
      state.framebuffer = framebuffer
      state.faces[framebuffer] = Int(face)
    }
  }
}

extension RecordedState {
  /// What a framebuffer reads: of a cube, one side.
  func picture(by framebuffer: UInt32) -> Picture? {
    guard let picture = framebuffers[framebuffer].flatMap({ textures[$0]?.picture }) else {
      return nil
    }
    return picture.faces.map { $0[faces[framebuffer] ?? 0] } ?? picture
  }

  /// What a framebuffer draws into shows something else from now on: of a cube, one side.
  mutating func show(_ picture: Picture, by framebuffer: UInt32) {
    guard let texture = framebuffers[framebuffer] else { return }
    guard var sides = textures[texture]?.picture.faces else {
      textures[texture]?.picture = picture
      return
    }
    sides[faces[framebuffer] ?? 0] = picture
    textures[texture]?.picture = .cube(sides)
  }
}
