package import ZCCore
package import ZCGL

extension Frame {
  /// A frame of memory that others made, and may go on writing to: each read of the frame shows what is
  /// there then. It is turned upright by the GPU; nothing is copied through memory. What `convert` is
  /// for: planes of YCbCr, which become RGB.
  /// - Throws: `dmabuf` where the driver cannot read that memory in place; `poolExhausted` and its kin.
  package convenience init(
    importing surface: Surface, hints: ImageLayout.Hints?, in context: GPUContext,
    convert: (
      @Sendable (ImportedSurface, TextureRecord, borrowing Current) throws(ZCError) -> Void
    )? = nil
  ) throws(ZCError) {
    var source: FrameSource?
    let texture = try context.withCurrent { (current) throws(ZCError) -> Texture in
      let imported = try context.importSurface(surface, hints: hints, current)
      let fresh = FrameSource { record, current throws(ZCError) in
        if imported.isExternal {
          try context.drawExternal(imported, into: record, current)
        } else if let plane = imported.planes.first, imported.planes.count == 1 {
          current.gl.blitFramebuffer(
            from: plane.framebuffer, plane.extent, to: record.framebuffer, record.extent,
            flipped: true)
          try current.check("reading an imported picture")
        } else if let convert {
          try convert(imported, record, current)
        } else {
          throw .dmabuf("\(imported.fourcc) comes as planes, and nothing here turns them into RGB")
        }
      }
      let texture = try context.makeTexture(surface.extent, .rgba8, for: .imported, current)
      try fresh.draw(texture.record, current)
      source = fresh
      return texture
    }
    self.init(texture, in: context, from: source)
  }
}

extension GPUContext {
  /// Draws what an external texture shows, turned upright.
  func drawExternal(
    _ imported: ImportedSurface, into target: TextureRecord, _ current: borrowing Current
  ) throws(ZCError) {
    guard let plane = imported.planes.first else { return }
    let gl = current.gl
    let program = try program(Self.external, current)
    gl.useProgram(program.name)
    gl.setUniform(program.uniforms[0], .int(0))
    gl.bindExternal(plane.name, unit: 0)
    gl.bindFramebuffer(target.framebuffer, target.extent)
    gl.draw(vertexCount: 3)
    try current.check("reading an imported picture")
  }

  private static let external = ProgramText(
    purpose: "reading an external texture",
    vertex: """
      #version 300 es
      out vec2 place;
      void main() {
        vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0;
        gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);
        place = vec2(corner.x, 1.0 - corner.y);
      }
      """,
    fragment: """
      #version 300 es
      #extension GL_OES_EGL_image_external_essl3 : require
      precision highp float;
      uniform samplerExternalOES picture;
      in vec2 place;
      out vec4 color;
      void main() { color = texture(picture, place); }
      """, uniforms: ["picture"])
}
