package import ZCColor
package import ZCContext
package import ZCCore
package import ZCGL

/// A picture of luma and chroma whose planes are textures, filled from the top row on: uploaded, or
/// memory that was imported.
package struct PictureTextures {
  package let format: PictureFormat
  package let width: Int
  package let height: Int
  /// GL's names of the planes, in order.
  package var names: [UInt32]

  package init(_ format: PictureFormat, width: Int, height: Int, names: [UInt32]) {
    self.format = format
    self.width = width
    self.height = height
    self.names = names
  }

  /// Whether the shader knows a format: luma and chroma, in textures that the driver has.
  package static func canHold(_ format: PictureFormat, _ capabilities: Capabilities) -> Bool {
    format.isYCbCr && !format.hasAlphaPlane
      && (format.bytesPerSample == 1 || capabilities.hasNorm16)
  }

  /// Draws the picture for display: turned, RGBA, into a texture of that size.
  package func draw(
    _ color: PictureColor, _ orientation: Orientation, into target: TextureRecord,
    in context: GPUContext, _ current: borrowing Current
  ) throws(ZCError) {
    let gl = current.gl
    let isPaired = format.arrangement == .paired
    let text = PictureShader.text(isPaired: isPaired, isES: gl.capabilities.version.isES)
    let program = try context.program(text, current)
    gl.useProgram(program.name)
    var values: [UniformValue] = (0..<(isPaired ? 2 : 3)).map { .int($0) }
    let (column, row) = orientation.places(width: width, height: height)
    values += samples(color) + [column, row, chroma(color)]
    for (location, value) in zip(program.uniforms, values) where location >= 0 {
      gl.setUniform(location, value)
    }
    for (unit, name) in names.prefix(isPaired ? 2 : 3).enumerated() {
      gl.bindTexture(name, unit: Int32(unit))
    }
    gl.bindFramebuffer(target.framebuffer, target.extent)
    current.record(.draw, target)
    gl.draw(vertexCount: 3)
    try current.check("converting a picture")
  }

  /// Red, green and blue of what the sampler gives: samples as parts of the largest word.
  private func samples(_ color: PictureColor) -> [UniformValue] {
    let (of, plus) = color.transform(depth: format.depth)
    let word = Double((1 << (8 * format.bytesPerSample)) - 1) / Double(1 << format.shift)
    return (0..<3).map { index in
      let row = of[index] * word
      return .vec4(Float(row.x), Float(row.y), Float(row.z), Float(plus[index]))
    }
  }

  private func chroma(_ color: PictureColor) -> UniformValue {
    let offset = color.chromaOffset(in: format)
    let span = format.chromaSpan
    return .vec4(
      Float(offset.across), Float(offset.down), 1 / Float(span.columns), 1 / Float(span.rows))
  }
}

extension Orientation {
  /// Column and row of a picture of this size, of where GL draws: the bottom row first.
  func places(width: Int, height: Int) -> (column: UniformValue, row: UniformValue) {
    let (first, column, row) = steps(width: width, height: height)
    let top = (swapsSides ? width : height) - 1
    // Steps of one pixel across or down: what undoes them is the same with places changed.
    func place(_ step: SIMD2<Int>) -> UniformValue {
      let start = -(step.x * first.x + step.y * first.y)
      return .vec3(Float(step.x), Float(-step.y), Float(start + step.y * top))
    }
    return (place(column), place(row))
  }
}
