package import ZCCore
import ZCGL

extension RecordingGL {
  package func createFramebuffer(drawingInto texture: UInt32) -> UInt32? {
    call("createFramebuffer") { state in
      guard let surface = state.textures[texture] else {
        state.object("a framebuffer for texture \(texture), which does not live")
        return nil
      }
      guard surface.hasMemory else { return nil }
      let name = state.newName()
      state.calls.append(.createFramebuffer(name, drawingInto: texture))
      state.framebuffers[name] = texture
      state.framebuffer = name
      return name
    }
  }

  package func deleteFramebuffer(_ name: UInt32) {
    call("deleteFramebuffer") { state in
      state.calls.append(.deleteFramebuffer(name))
      if state.framebuffers.removeValue(forKey: name) == nil {
        state.object(state.deletionMistake("framebuffer", name))
      }
      if state.framebuffer == name { state.framebuffer = 0 }
    }
  }

  package func bindFramebuffer(_ name: UInt32, _ extent: Extent) {
    call("bindFramebuffer") { state in
      state.framebuffer = name
      state.viewport = extent
      _ = state.texture(of: name, extent, for: "binding")
    }
  }

  package func clearFramebuffer() {
    call("clearFramebuffer") { state in
      guard let texture = state.framebuffers[state.framebuffer] else {
        state.object("clear without a framebuffer")
        return
      }
      state.calls.append(.clear(texture))
      state.show(.clear, by: state.framebuffer)
    }
  }

  package func blitFramebuffer(
    from source: UInt32, _ sourceExtent: Extent, to target: UInt32, _ targetExtent: Extent,
    flipped: Bool
  ) {
    call("blitFramebuffer") { state in
      state.framebuffer = target
      guard let from = state.texture(of: source, sourceExtent, for: "blitting from"),
        let to = state.texture(of: target, targetExtent, for: "blitting to")
      else { return }
      state.calls.append(.blit(from: from, to: to, flipped: flipped))
      guard from != to, var picture = state.picture(by: source) else {
        state.object("texture \(from) was blitted onto itself")
        return
      }
      if picture == .undefined { state.object("texture \(from) was copied and never written") }
      if sourceExtent != targetExtent { picture = .scaled(picture, from: sourceExtent) }
      state.show(flipped ? .flipped(picture) : picture, by: target)
    }
  }

  package func readPixels(
    _ framebuffer: UInt32, _ extent: Extent, _ format: PixelFormat, rowLength: Int32,
    topFirst: Bool, into pixels: UnsafeMutableRawBufferPointer
  ) {
    let stride = Int(rowLength) * format.bytesPerPixel
    let needed = stride * (Int(extent.height) - 1) + Int(extent.width) * format.bytesPerPixel
    let isTooShort = pixels.count < needed
    let canReverse = capabilities.packReverse != nil
    let rows = call("readPixels") { state -> [[UInt8]] in
      guard let texture = state.texture(of: framebuffer, extent, for: "reading") else { return [] }
      state.calls.append(.read(texture, topFirst: topFirst))
      if topFirst, !canReverse { state.object("rows cannot be reversed here") }
      if rowLength < extent.width { state.object("rows of \(rowLength) pixels overlap") }
      if state.textures[texture]?.format != format {
        state.object("texture \(texture) was read in another format")
      }
      guard !isTooShort else {
        state.object("reading \(needed) bytes into a shorter buffer")
        return []
      }
      let picture = state.picture(by: framebuffer) ?? .undefined
      let rows = (0..<Int(extent.height)).compactMap {
        picture.row($0, of: extent, bytesPerPixel: format.bytesPerPixel)
      }
      if rows.isEmpty { state.object("texture \(texture) was read and shows \(picture)") }
      return rows
    }
    for (y, row) in (topFirst ? rows.reversed() : rows).enumerated() {
      // It has been checked that all rows fit.
      for (x, byte) in row.enumerated() { unsafe pixels[y * stride + x] = byte }
    }
  }
}

extension RecordedState {
  /// The texture that a framebuffer draws into, once name and size are found to fit.
  mutating func texture(of framebuffer: UInt32, _ extent: Extent, for purpose: String) -> UInt32? {
    guard let texture = framebuffers[framebuffer], let surface = textures[texture] else {
      object("\(purpose) framebuffer \(framebuffer), which does not live")
      return nil
    }
    if surface.extent != extent {
      object("\(purpose) texture \(texture) at another size than its own")
    }
    return texture
  }
}
