package import ZCCore
import ZCGL

/// A texture's GL names and layout: plain data, owned by whoever holds it in a ``Texture``.
package struct TextureRecord: Hashable, Sendable {
  package let name: UInt32
  /// A framebuffer that draws into it.
  package let framebuffer: UInt32
  package let extent: Extent
  package let format: PixelFormat
  /// Six square sides of `extent` each, in GL's order, the first row of each on top.
  package let isCube: Bool
  /// GL's first row is the picture's top one, as in the memory that it came from; else the bottom
  /// one, as everything that is drawn.
  package var isTopFirst = false

  /// What another texture must match to stand in for this one.
  struct Descriptor: Hashable, Sendable {
    let extent: Extent
    let format: PixelFormat
    var isCube = false

    var bytes: Int { extent.pixelCount * format.bytesPerPixel * (isCube ? 6 : 1) }
  }

  var descriptor: Descriptor { Descriptor(extent: extent, format: format, isCube: isCube) }
  package var bytes: Int { descriptor.bytes }

  /// The same texture, filled from its top row on.
  var fromTheTop: TextureRecord {
    var record = self
    record.isTopFirst = true
    return record
  }

  /// Rows and columns in memory: a cube's sides lie one below the other.
  package var picture: Extent { isCube ? extent.stacked(6) : extent }

  func subject(in context: UInt64, _ generation: Generation) -> FlightSubject {
    FlightSubject(
      context: context, generation, object: UInt64(name), extent: extent, bytes: bytes)
  }
}

/// A texture of a pool, with one owner. Dropping it never calls GL: it waits in the graveyard for
/// the work that last used it, and then in its pool for its next use.
package struct Texture: ~Copyable, Sendable {
  package let record: TextureRecord
  package let generation: Generation
  let stock: Stock
  let entry: Stock.Entry
  private let graveyard: Graveyard

  init(
    adopting record: TextureRecord, of stock: Stock, at entry: Stock.Entry,
    in generation: Generation, graveyard: Graveyard
  ) {
    self.record = record
    self.generation = generation
    self.stock = stock
    self.entry = entry
    self.graveyard = graveyard
  }

  deinit { stock.retire(record, at: entry, of: generation, to: graveyard) }
}

extension TextureRecord {
  /// Makes a texture, its pixels undefined.
  static func make(_ descriptor: Descriptor, _ current: borrowing Current) throws(ZCError)
    -> TextureRecord
  {
    let extent = descriptor.extent
    let gl = current.gl
    if descriptor.format == .rgba32Float, !gl.capabilities.hasFloatTargets {
      throw .gl(operation: "a FLOAT buffer (this driver cannot draw into floats)", code: 0x0506)
    }
    try current.check("earlier work")
    let isCube = descriptor.isCube
    let name =
      isCube
      ? gl.createCube(extent, descriptor.format) : gl.createTexture(extent, descriptor.format)
    let framebuffer =
      isCube
      ? gl.createFramebuffer(drawingIntoCube: name) : gl.createFramebuffer(drawingInto: name)
    let error = current.takeErrors()
    guard let framebuffer, error == 0 || !Guards.keep(.errors) else {
      if let framebuffer { gl.deleteFramebuffer(framebuffer) }
      gl.deleteTexture(name)
      throw current.refusal(
        .outOfMemory(
          "the driver has no memory for \(isCube ? "6 times " : "")\(extent.width) x "
            + "\(extent.height) pixels of \(descriptor.format.bytesPerPixel) bytes"))
    }
    return TextureRecord(
      name: name, framebuffer: framebuffer, extent: extent, format: descriptor.format,
      isCube: isCube)
  }

  func delete(_ current: borrowing Current) {
    current.record(.textureDelete, self)
    current.gl.deleteFramebuffer(framebuffer)
    current.gl.deleteTexture(name)
  }
}
