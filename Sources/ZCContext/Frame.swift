package import ZCCore
import ZCGL

/// A picture on the GPU: one hold on the lease of a texture.
///
/// Immutable. Thread-safety: any thread may call anything here.
package final class Frame: Sendable {
  package let context: GPUContext
  package let record: TextureRecord
  private let hold: Hold<Texture>
  private let pixels = Lock<HostPixels?>(nil)

  private init(_ context: GPUContext, _ record: TextureRecord, _ hold: consuming Hold<Texture>) {
    self.context = context
    self.record = record
    self.hold = hold
  }

  /// A frame that owns `texture`, which is in `context`.
  package convenience init(_ texture: consuming Texture, in context: GPUContext) {
    let record = texture.record
    let generation = texture.generation
    // The last hold drops the texture, which waits in the graveyard for the GPU.
    self.init(
      context, record,
      Lease.open(texture, as: .presenter, in: generation) { texture in _ = consume texture })
  }

  /// Uploads a picture.
  package convenience init(_ source: PixelSource, in context: GPUContext) throws(ZCError) {
    let pixels = try source.bottomUp()
    let texture = try context.withCurrent { (current) throws(ZCError) -> Texture in
      let texture = try context.makeTexture(source.extent, source.format, current)
      unsafe current.gl.uploadTexture(
        texture.record.name, source.extent, source.format,
        UnsafeRawBufferPointer(pixels.bytes))
      try current.check("uploading a picture")
      return texture
    }
    self.init(texture, in: context)
  }

  package var generation: Generation { hold.lease.generation }

  /// Another hold on the same texture.
  package func share(as role: Role) -> Frame { Frame(context, record, hold.duplicate(as: role)) }

  /// Whether its context still lives in the generation that made it.
  package var isUsable: Bool {
    if case .live(let live) = context.phase { live == generation } else { false }
  }

  package func read(into destination: Destination) throws(ZCError) {
    try context.check(generation)
    try context.withCurrent { (current) throws(ZCError) in
      guard current.generation == generation else {
        throw .staleGeneration(held: generation, current: current.generation)
      }
      try context.read(record, into: destination, current)
    }
  }

  /// The frame's pixels in memory, read back on first use and kept with the frame.
  package func mapped() throws(ZCError) -> HostPixels {
    if let known = pixels.withLock({ $0 }) { return known }
    let fresh = try HostPixels(count: record.extent.pixelCount * record.format.bytesPerPixel)
    try read(
      into: unsafe Destination(
        fresh.bytes, rowStride: nil, extent: record.extent, format: record.format))
    return pixels.withLock { kept in
      if let kept { return kept }
      kept = fresh
      return fresh
    }
  }
}
