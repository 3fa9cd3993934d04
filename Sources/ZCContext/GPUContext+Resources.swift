import Synchronization
package import ZCCore
import ZCGL

extension GPUContext {
  /// A texture of this size and format, its pixels undefined: an idle one, or a new one.
  package func makeTexture(
    _ extent: Extent, _ format: PixelFormat, _ current: borrowing Current
  ) throws(ZCError) -> Texture {
    let descriptor = TextureRecord.Descriptor(extent: extent, format: format)
    let idle = life.idle.withLock { $0.take(descriptor) }
    let record =
      if let idle { idle } else { try TextureRecord.make(descriptor, current) }
    return Texture(adopting: record, in: current.generation, graveyard: graveyard)
  }

  /// One opaque-free black pixel: what an image input shows before it is set.
  package func blank(_ current: borrowing Current) throws(ZCError) -> TextureRecord {
    if let blank = life.blank.value { return blank }
    let blank = try TextureRecord.make(
      TextureRecord.Descriptor(extent: .pixel, format: .rgba8), current)
    current.gl.bindFramebuffer(blank.framebuffer, .pixel)
    current.gl.clearFramebuffer()
    life.blank.value = blank
    return blank
  }

  /// Buries what was dropped, behind a fence, and takes back what the GPU has finished with.
  func settle(_ current: borrowing Current) {
    if graveyard.isEmpty, life.retirement.value.isIdle { return }
    bury(current)
    for remains in takeFinished(current) {
      switch remains {
      case .texture(let record): keep(record, current)
      case .program(let name): current.gl.deleteProgram(name)
      case .hold: break  // dropped with what was finished
      }
    }
    life.waitingCount.store(life.retirement.value.waitingCount, ordering: .relaxed)
  }

  /// Buries what was dropped since the last turn: all that used it comes before the fence.
  private func bury(_ current: borrowing Current) {
    let dead = graveyard.exhume().filter { $0.from.isUsable(in: current.generation) }
    guard !dead.isEmpty else { return }
    guard let fence = current.gl.insertFence() else {
      for entry in dead { graveyard.bury(entry.remains, from: entry.from) }
      return
    }
    let submission = life.retirement.value.submit(fence)
    for entry in dead { life.retirement.value.bury(entry.remains, lastUse: submission) }
  }

  private func takeFinished(_ current: borrowing Current) -> [Remains] {
    let gl = current.gl
    let drained = life.retirement.value.drain { gl.fenceState($0) == .signaled }
    for fence in drained.fences { gl.deleteFence(fence) }
    return drained.remains
  }

  /// Keeps a finished texture for its next use, as far as the budget goes.
  private func keep(_ record: TextureRecord, _ current: borrowing Current) {
    let evicted = life.idle.withLock {
      $0.give(record, as: record.descriptor, bytes: record.bytes)
    }
    for record in evicted { record.delete(current) }
  }

  /// How many dropped things wait: for the next turn, and for the GPU.
  package var waitingCount: Int {
    graveyard.count + latest.waitingCount.load(ordering: .relaxed)
  }
}
