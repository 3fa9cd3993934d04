package import ZCCore

extension RecordingGL {
  package func createTexture(_ extent: Extent, _ format: PixelFormat) -> UInt32 {
    call("createTexture") { state in
      let name = state.newName()
      state.calls.append(.createTexture(name))
      state.textures[name] = RecordedState.Surface(extent: extent, format: format)
      state.units[state.activeUnit] = name
      state.strike(name)
      return name
    }
  }

  package func deleteTexture(_ name: UInt32) {
    call("deleteTexture") { state in
      state.calls.append(.deleteTexture(name))
      if state.textures.removeValue(forKey: name) == nil {
        state.object(state.deletionMistake("texture", name))
      }
      if state.framebuffers.values.contains(name) {
        state.object("texture \(name) was deleted before its framebuffer")
      }
      state.units = state.units.filter { $0.value != name }
      state.cubeUnits = state.cubeUnits.filter { $0.value != name }
      state.externalUnits = state.externalUnits.filter { $0.value != name }
      state.externals.remove(name)
    }
  }

  package func uploadTexture(
    _ name: UInt32, _ extent: Extent, _ format: PixelFormat, rowLength: Int32,
    _ pixels: UnsafeRawBufferPointer
  ) {
    let bytes = unsafe [UInt8](pixels)
    call("uploadTexture") { state in
      state.calls.append(.upload(name))
      state.units[state.activeUnit] = name
      guard let surface = state.textures[name] else {
        state.object("upload to texture \(name), which does not live")
        return
      }
      if surface.extent != extent || surface.format != format {
        state.object("upload to texture \(name) of another size or format")
      }
      let row = Int(rowLength == 0 ? extent.width : rowLength)
      if rowLength != 0, rowLength < extent.width {
        state.object("upload of rows that overlap to texture \(name)")
      }
      let pixels = row * (Int(extent.height) - 1) + Int(extent.width)
      if bytes.count != pixels * format.bytesPerPixel {
        state.object("upload of \(bytes.count) bytes to texture \(name)")
      }
      let packed = Int(extent.width) * format.bytesPerPixel
      state.textures[name]?.picture = .bytes(
        (0..<Int(extent.height)).flatMap {
          bytes.dropFirst($0 * row * format.bytesPerPixel).prefix(packed)
        })
    }
  }

  package func bindTexture(_ name: UInt32, unit: Int32) {
    call("bindTexture") { state in
      state.calls.append(.bindTexture(name, unit: unit))
      if state.textures[name] == nil {
        state.object("texture \(name) was bound and does not live")
      }
      state.activeUnit = unit
      state.units[unit] = name
    }
  }
}

extension RecordedState {
  /// A texture that was just made meets the fault that tests ask for.
  mutating func strike(_ name: UInt32) {
    guard let fault else { return }
    guard texturesBeforeFault == 0 else {
      texturesBeforeFault -= 1
      return
    }
    switch fault {
    case .outOfMemory:
      pendingErrors.append(0x0505)
      textures[name]?.hasMemory = false
    case .errorAlone: pendingErrors.append(0x0505)
    case .incomplete: textures[name]?.hasMemory = false
    }
  }
}
