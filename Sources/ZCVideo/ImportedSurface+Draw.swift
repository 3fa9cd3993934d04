package import ZCColor
package import ZCContext
package import ZCCore
package import ZCGL

extension PictureFormat {
  /// What a surface of planes holds; nil for one of RGB.
  package init?(_ fourcc: Fourcc) {
    switch fourcc {
    case .nv12: self = .nv12
    case .p010: self = .p010
    default: return nil
    }
  }
}

extension ImportedSurface {
  /// Draws the picture for display, RGBA: planes by our shader, what the driver converts as it comes.
  /// The memory is read when the GPU comes to it: ``GPUContext/keep(_:_:)`` what it belongs to.
  package func draw(
    _ color: PictureColor, _ orientation: Orientation, into target: TextureRecord,
    in context: GPUContext, _ current: borrowing Current
  ) throws(ZCError) {
    let (width, height) = (Int(extent.width), Int(extent.height))
    guard !isExternal, let format = PictureFormat(fourcc) else {
      let (column, row) = orientation.places(width: width, height: height)
      try context.draw(self, column: column, row: row, into: target, current)
      return
    }
    let textures = PictureTextures(
      format, width: width, height: height, names: planes.map(\.name))
    try textures.draw(color, orientation, into: target, in: context, current)
  }
}

extension ImageLayout.Hints {
  /// Nil for a matrix that EGL has no word for.
  package init?(_ color: PictureColor) {
    let matrix: Matrix
    switch color.matrix {
    case .bt601: matrix = .bt601
    case .bt709: matrix = .bt709
    case .bt2020: matrix = .bt2020
    default: return nil
    }
    // Whatever the driver converts has chroma for two columns and two rows.
    let offset = color.chromaOffset(in: .nv12)
    self.init(
      matrix: matrix, isFullRange: color.isFullRange, isHalfwayAcross: offset.across > 0,
      isHalfwayDown: offset.down > 0)
  }
}
