package import ZCCore
import ZCGL

/// Memory that pixels are read to: row 0 on top.
@safe package struct Destination {
  package let bytes: UnsafeMutableRawBufferPointer
  /// Pixels from one row to the next.
  package let rowLength: Int32
  package let extent: Extent
  package let format: PixelFormat

  /// Rows lie `rowStride` bytes apart, packed for nil. Throws `badBuffer`, saying what would fit.
  package init(
    _ bytes: UnsafeMutableRawBufferPointer, rowStride: Int?, extent: Extent, format: PixelFormat
  ) throws(ZCError) {
    let pixel = format.bytesPerPixel
    let packed = Int(extent.width) * pixel
    let stride = rowStride ?? packed
    guard stride >= packed, stride % pixel == 0, let length = Int32(exactly: stride / pixel) else {
      throw .badBuffer(
        "rows are \(stride) bytes apart; \(extent.width) pixels of \(pixel) bytes need a stride "
          + "of \(packed) or a larger multiple of \(pixel)")
    }
    let needed = stride.multipliedReportingOverflow(by: Int(extent.height) - 1)
    let total = needed.partialValue.addingReportingOverflow(packed)
    let fits = !needed.overflow && !total.overflow && bytes.count >= total.partialValue
    guard fits || !Guards.keep(.sizes) else {
      throw .badBuffer(
        "the buffer holds \(bytes.count) bytes; \(extent.width) x \(extent.height) pixels of "
          + "\(pixel) bytes need \(packed * Int(extent.height))")
    }
    unsafe self.bytes = bytes
    rowLength = length
    self.extent = extent
    self.format = format
  }
}

extension GPUContext {
  /// Reads a texture of this context, and waits for the GPU to have drawn it.
  package func read(
    _ texture: TextureRecord, into destination: Destination, _ current: borrowing Current
  ) throws(ZCError) {
    guard texture.format == destination.format, texture.picture == destination.extent else {
      throw .badBuffer("the buffer's size or element type is not the frame's")
    }
    let gl = current.gl
    current.record(.readBack, texture)
    if texture.isCube {
      readFaces(texture, into: destination, current)
    } else if life.reversesRows {
      unsafe gl.readPixels(
        texture.framebuffer, texture.extent, texture.format, rowLength: destination.rowLength,
        topFirst: !texture.isTopFirst, into: destination.bytes)
    } else if texture.isTopFirst {
      unsafe gl.readPixels(
        texture.framebuffer, texture.extent, texture.format, rowLength: destination.rowLength,
        topFirst: false, into: destination.bytes)
    } else {
      // GL counts rows from the bottom: turn the picture over on the GPU first.
      let turned = try makeTexture(texture.extent, texture.format, for: .readBack, current)
      gl.blitFramebuffer(
        from: texture.framebuffer, texture.extent, to: turned.record.framebuffer, texture.extent,
        flipped: true)
      unsafe gl.readPixels(
        turned.record.framebuffer, texture.extent, texture.format,
        rowLength: destination.rowLength, topFirst: false, into: destination.bytes)
    }
    try current.check("reading a frame back")
  }

  /// A side's first row is the top one already.
  private func readFaces(
    _ cube: TextureRecord, into destination: Destination, _ current: borrowing Current
  ) {
    let side =
      Int(destination.rowLength) * cube.format.bytesPerPixel * Int(cube.extent.height)
    for face in 0..<6 {
      current.gl.drawIntoFace(Int32(face), of: cube.name, by: cube.framebuffer)
      unsafe current.gl.readPixels(
        cube.framebuffer, cube.extent, cube.format, rowLength: destination.rowLength,
        topFirst: false,
        into: UnsafeMutableRawBufferPointer(rebasing: destination.bytes[(face * side)...]))
    }
  }
}
