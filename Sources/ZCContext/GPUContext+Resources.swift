package import ZCCore
import ZCGL

extension GPUContext {
  /// A texture of this size and format, or a cube of such sides, its pixels undefined: an idle one of the pool (nil is the
  /// context's own), or a new one.
  ///
  /// A pool that is full deletes what is idle, the oldest first, then waits for the GPU to finish
  /// with what was dropped, and with what it alone still holds.
  /// - Throws: `poolExhausted`, saying who holds what; `outOfMemory` where the driver has none.
  package func makeTexture(
    _ extent: Extent, _ format: PixelFormat, for use: Holder.Use = .frame, label: String? = nil,
    from pool: Pool? = nil, isCube: Bool = false, _ current: borrowing Current
  ) throws(ZCError) -> Texture {
    let stock = pool?.stock ?? stock
    let descriptor = TextureRecord.Descriptor(extent: extent, format: format, isCube: isCube)
    let holder = Holder(use, label: label)
    let generation = current.generation
    var taking = stock.take(descriptor, holder, in: generation)
    if taking.isFull {
      drain(current) {
        taking = stock.take(descriptor, holder, in: generation)
        return !taking.isFull
      }
    }
    switch taking {
    case .reused(let record, let entry):
      current.record(.poolHit, record)
      return Texture(
        adopting: record, of: stock, at: entry, in: generation, graveyard: graveyard)
    case .room(let entry, let evicted):
      for record in evicted {
        current.record(.poolEvict, record)
        record.delete(current)
      }
      var isMade = false
      defer { if !isMade { stock.giveUp(descriptor, at: entry, current) } }
      let record = try makeRecord(descriptor, current)
      isMade = true
      current.record(.poolMiss, record)
      stock.note(record, at: entry, current)
      return Texture(
        adopting: record, of: stock, at: entry, in: generation, graveyard: graveyard)
    case .full, .never: throw stock.exhausted(by: descriptor, in: generation)
    }
  }

  /// Where the driver has no memory, everything idle is deleted before it is asked once more.
  private func makeRecord(
    _ descriptor: TextureRecord.Descriptor, _ current: borrowing Current
  ) throws(ZCError) -> TextureRecord {
    let first = Result { () throws(ZCError) in try TextureRecord.make(descriptor, current) }
    guard case .failure(.outOfMemory) = first else {
      life.isShort.value = false
      return try first.get()
    }
    drain(current) { false }
    let purged = purgeAll(current)
    tellShort(descriptor, purged: purged)
    guard purged > 0 else { return try first.get() }
    return try TextureRecord.make(descriptor, current)
  }

  /// The first texture for which the driver has no memory is told, until one is made at once.
  private func tellShort(_ descriptor: TextureRecord.Descriptor, purged: Int) {
    guard !life.isShort.value else { return }
    life.isShort.value = true
    Log.warn(
      "context \(serial), generation \(life.generation.rawValue): the driver has no memory for a "
        + "texture of \(descriptor.bytes) bytes; \(purged) idle ones are deleted, and it is asked "
        + "once more. Until it makes one at once, no more is told")
  }

  /// Transparent black: what an image input shows before it is set, or a cube. It is no pool's.
  package func blank(isCube: Bool = false, _ current: borrowing Current) throws(ZCError)
    -> TextureRecord
  {
    let descriptor = TextureRecord.Descriptor(extent: .pixel, format: .rgba8, isCube: isCube)
    if let blank = life.blanks.value[descriptor] { return blank }
    let blank = try TextureRecord.make(descriptor, current)
    current.gl.bindFramebuffer(blank.framebuffer, .pixel)
    for face in 0..<(isCube ? Int32(6) : 1) {
      if isCube { current.gl.drawIntoFace(face, of: blank.name, by: blank.framebuffer) }
      current.gl.clearFramebuffer()
    }
    life.blanks.value[descriptor] = blank
    return blank
  }
}
