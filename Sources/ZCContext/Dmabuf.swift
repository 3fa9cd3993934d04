package import ZCCore
import ZCGL

/// A picture as DMA-BUFs, for other processes and libraries. It holds what its memory belongs to until
/// it is dropped: only then may that be drawn into again.
package final class Dmabuf: Sendable {
  /// Of the picture, rows top first; the descriptors in it are closed with this object.
  package let layout: SurfaceLayout
  private let descriptors: Descriptors
  private let holder: any Sendable

  /// `holder` keeps the memory as it is.
  package init(
    _ layout: SurfaceLayout, _ descriptors: Descriptors, keeping holder: some Sendable
  ) {
    self.layout = layout
    self.descriptors = descriptors
    self.holder = holder
  }
}

extension Frame {
  /// The frame's pixels as a DMA-BUF, turned over by the GPU: rows top first. Waits for the GPU to have
  /// drawn them.
  /// - Throws: `dmabuf` where the driver hands nothing out; `staleGeneration` and its kin.
  package func exported() throws(ZCError) -> Dmabuf {
    try context.check(generation)
    var export: ExportedTexture?
    let texture = try context.withCurrent { (current) throws(ZCError) -> Texture in
      guard generation.isUsable(in: current.generation) else {
        throw .staleGeneration(held: generation, current: current.generation)
      }
      if let missing = current.gl.capabilities.missingForExport { throw .dmabuf(missing) }
      guard !record.isCube else { throw .dmabuf("a cube is no one picture: export its sides") }
      let texture = try context.makeTexture(
        record.extent, record.format, for: .exported, current)
      try lendToGPU(current)
      current.gl.blitFramebuffer(
        from: record.framebuffer, record.extent, to: texture.record.framebuffer, record.extent,
        flipped: true)
      try current.check("turning a frame over")
      export = try current.gl.exportTexture(texture.record.name)
      context.awaitGPU(current)
      return texture
    }
    guard let export else { throw .dmabuf("the driver exported nothing") }
    let descriptors = Descriptors(adopting: export.descriptors.filter { $0 >= 0 })
    return Dmabuf(
      SurfaceLayout(export, record.extent), descriptors, keeping: Frame(texture, in: context))
  }
}

extension SurfaceLayout {
  fileprivate init(_ export: ExportedTexture, _ extent: Extent) {
    let places = zip(export.descriptors, zip(export.offsets, export.pitches))
    var object = -1
    let planes = places.map { descriptor, place in
      if descriptor >= 0 { object += 1 }
      return Plane(object: object, offset: Int64(place.0), pitch: Int64(place.1))
    }
    self.init(
      fourcc: export.fourcc, width: Int64(extent.width), height: Int64(extent.height),
      objects: export.descriptors.filter { $0 >= 0 }.map {
        Object(descriptor: $0, modifier: export.modifier)
      },
      layers: [Layer(fourcc: export.fourcc, planes: planes)])
  }
}

extension GPUContext {
  /// A descriptor that becomes readable when the GPU has done all that it was given so far; for the
  /// caller to close.
  /// - Throws: `dmabuf` where the driver has no such fences.
  package func exportFence() throws(ZCError) -> Int32 {
    try withCurrent { (current) throws(ZCError) in
      if let missing = current.gl.capabilities.missingForNativeFence { throw .dmabuf(missing) }
      guard let fence = current.gl.exportFence() else {
        throw current.refusal(.dmabuf("the driver gave no descriptor for its fence"))
      }
      return fence
    }
  }
}
