package import ZCCore
package import ZCGL

extension Frame {
  /// A frame of memory that others made, and may go on writing to: each read of the frame shows what is
  /// there then. `draw` makes RGBA of it, rows from the bottom up, on the GPU.
  /// - Throws: `dmabuf` where the driver cannot read that memory in place; `poolExhausted` and its kin.
  package convenience init(
    importing surface: Surface, hints: ImageLayout.Hints?, in context: GPUContext,
    drawing draw:
      @escaping @Sendable (ImportedSurface, TextureRecord, borrowing Current) throws(ZCError) ->
      Void
  ) throws(ZCError) {
    var source: FrameSource?
    let texture = try context.withCurrent { (current) throws(ZCError) -> Texture in
      let imported = try context.importSurface(surface, hints: hints, current)
      let fresh = FrameSource { record, current throws(ZCError) in
        try draw(imported, record, current)
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
  /// Draws what an imported surface of RGB shows, or the driver makes RGB of. `column` and `row` are
  /// those of the picture, of where GL draws.
  package func draw(
    _ imported: ImportedSurface, column: UniformValue, row: UniformValue,
    into target: TextureRecord, _ current: borrowing Current
  ) throws(ZCError) {
    guard let plane = imported.planes.first else { return }
    try draw(
      plane, isExternal: imported.isExternal, column: column, row: row, into: target, current)
  }

  /// Draws a texture of an imported surface, alone.
  package func draw(
    _ plane: ImportedSurface.Plane, isExternal: Bool = false, column: UniformValue,
    row: UniformValue, into target: TextureRecord, _ current: borrowing Current
  ) throws(ZCError) {
    let gl = current.gl
    let isES = gl.capabilities.version.isES
    let program = try program(Self.reading(isExternal: isExternal, isES: isES), current)
    gl.useProgram(program.name)
    // Not textureSize, nor texelFetch: llvmpipe says that every external texture has one pixel.
    let size = UniformValue.vec2(Float(plane.extent.width), Float(plane.extent.height))
    for (location, value) in zip(program.uniforms, [.int(0), column, row, size])
    where location >= 0 {
      gl.setUniform(location, value)
    }
    if isExternal {
      gl.bindExternal(plane.name, unit: 0)
    } else {
      gl.bindTexture(plane.name, unit: 0)
    }
    gl.bindFramebuffer(target.framebuffer, target.extent)
    current.record(.draw, target)
    gl.draw(vertexCount: 3)
    try current.check("reading an imported picture")
  }

  static func reading(isExternal: Bool, isES: Bool) -> ProgramText {
    let version = isES ? "#version 300 es" : "#version 330 core"
    let needs = isExternal ? "#extension GL_OES_EGL_image_external_essl3 : require" : ""
    let precision = isES ? "precision highp float;" : ""
    let vertex = """
      \(version)
      void main() {
        vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
        gl_Position = vec4(corner * 4.0 - 1.0, 0.0, 1.0);
      }
      """
    let fragment = """
      \(version)
      \(needs)
      \(precision)
      uniform \(isExternal ? "samplerExternalOES" : "sampler2D") picture;
      uniform vec3 column;
      uniform vec3 row;
      uniform vec2 size;
      out vec4 color;
      \(isExternal ? filtered : fetched)
      void main() {
        vec3 here = vec3(floor(gl_FragCoord.xy), 1.0);
        vec2 at = floor(vec2(dot(column, here), dot(row, here)) + 0.5);
        color = pixel(at);
      }
      """
    return ProgramText(
      purpose: "reading an imported picture", vertex: vertex, fragment: fragment,
      uniforms: ["picture", "column", "row", "size"])
  }

  private static let fetched = """
    vec4 pixel(vec2 at) { return texelFetch(picture, ivec2(at), 0); }
    """

  /// At the middle of a pixel the filter gives it as it is.
  private static let filtered = """
    vec4 pixel(vec2 at) { return texture(picture, (at + 0.5) / size); }
    """
}
