package import ZCCore
import ZCGL

extension GPUContext {
  /// A texture of this size and format, its pixels undefined: an idle one of the pool (nil is the
  /// context's own), or a new one.
  ///
  /// A pool that is full deletes what is idle, the oldest first, then waits for the GPU to finish
  /// with what was dropped, and with what it alone still holds.
  /// - Throws: `poolExhausted`, saying who holds what; `outOfMemory` where the driver has none.
  package func makeTexture(
    _ extent: Extent, _ format: PixelFormat, for use: Holder.Use = .frame, label: String? = nil,
    from pool: Pool? = nil, _ current: borrowing Current
  ) throws(ZCError) -> Texture {
    let stock = pool?.stock ?? stock
    let descriptor = TextureRecord.Descriptor(extent: extent, format: format)
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

  /// One opaque-free black pixel: what an image input shows before it is set. It is no pool's.
  package func blank(_ current: borrowing Current) throws(ZCError) -> TextureRecord {
    if let blank = life.blank.value { return blank }
    let blank = try TextureRecord.make(
      TextureRecord.Descriptor(extent: .pixel, format: .rgba8), current)
    current.gl.bindFramebuffer(blank.framebuffer, .pixel)
    current.gl.clearFramebuffer()
    life.blank.value = blank
    return blank
  }
}
