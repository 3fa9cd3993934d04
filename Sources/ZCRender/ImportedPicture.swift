import ZCContext
import ZCCore
import ZCGL

/// The picture, or cube, of one import: on the GPU, and in memory, from where each later generation
/// of the context gets it anew.
final class ImportedPicture: Sendable {
  let frame: Frame
  /// The frame's, packed, row 0 on top.
  private let pixels: HostPixels

  init(_ frame: Frame) throws(ZCError) {
    self.frame = frame.share(as: .cache)
    pixels = try frame.mapped()
  }

  private init(_ frame: Frame, _ pixels: HostPixels) {
    self.frame = frame
    self.pixels = pixels
  }

  /// The same picture in the present generation.
  func again(_ current: borrowing Current) throws(ZCError) -> ImportedPicture {
    let context = frame.context
    let record = frame.record
    guard record.isCube else {
      let texture = try upload(row: 0, current)
      return ImportedPicture(Frame(texture, in: context, as: .cache), pixels)
    }
    let cube = try context.makeTexture(record.extent, record.format, isCube: true, current)
    for face in 0..<6 {
      let side = try upload(row: face * Int(record.extent.height), current)
      try context.copy(side.record, toFace: face, of: cube.record, current)
    }
    return ImportedPicture(Frame(cube, in: context, as: .cache), pixels)
  }

  /// As many rows as the texture's extent has, from this one on.
  private func upload(row: Int, _ current: borrowing Current) throws(ZCError) -> Texture {
    let (extent, format) = (frame.record.extent, frame.record.format)
    let start = row * Int(extent.width) * format.bytesPerPixel
    let source = try unsafe PixelSource(
      UnsafeRawBufferPointer(rebasing: pixels.bytes[start...]), extent, format)
    return try frame.context.upload(try source.bottomUp(), extent, format, current)
  }
}
