import Synchronization
package import ZCCore
import ZCGL

extension GPUContext {
  /// A texture of this size and format, its pixels undefined: an idle one, or a new one.
  package func makeTexture(
    _ extent: Extent, _ format: PixelFormat, _ current: borrowing Current
  ) throws(ZCError) -> Texture {
    let descriptor = TextureRecord.Descriptor(extent: extent, format: format)
    let idle = life.state.withLock { $0.idle.take(descriptor) }
    let record =
      if let idle { idle } else { try TextureRecord.make(descriptor, current) }
    return Texture(adopting: record, in: current.generation, graveyard: graveyard)
  }

  /// One opaque-free black pixel: what an image input shows before it is set.
  package func blank(_ current: borrowing Current) throws(ZCError) -> TextureRecord {
    if let blank = life.state.withLock({ $0.blank }) { return blank }
    let blank = try TextureRecord.make(
      TextureRecord.Descriptor(extent: .pixel, format: .rgba8), current)
    current.gl.bindFramebuffer(blank.framebuffer, .pixel)
    current.gl.clearFramebuffer()
    life.state.withLock { $0.blank = blank }
    return blank
  }

  /// Buries what was dropped, behind a fence, and takes back what the GPU has finished with.
  func settle(_ current: borrowing Current) {
    let life = life
    if graveyard.isEmpty, !life.hasWaiting.load(ordering: .relaxed) { return }
    let gl = current.gl
    let exhumed = graveyard.exhume()
    let dead = exhumed.filter { $0.from == current.generation }
    let fence = dead.isEmpty ? nil : gl.insertFence()
    if fence == nil { for entry in dead { graveyard.bury(entry.remains, from: entry.from) } }
    let finished = life.state.withLock { state -> [Remains] in
      if let fence {
        let submission = state.retirement.submit(fence)
        for entry in dead { state.retirement.bury(entry.remains, lastUse: submission) }
      }
      defer { life.hasWaiting.store(!state.retirement.isIdle, ordering: .relaxed) }
      let drained = state.retirement.drain { gl.fenceState($0) == .signaled }
      for fence in drained.fences { gl.deleteFence(fence) }
      return state.keep(drained.remains)
    }
    for remains in finished {
      switch remains {
      case .texture(let record): record.delete(current)
      case .program(let name): gl.deleteProgram(name)
      }
    }
  }

  /// How many dropped things wait: for the next turn, and for the GPU.
  package var waitingCount: Int {
    graveyard.count + latest.state.withLock { $0.retirement.waitingCount }
  }
}

extension Life.State {
  /// Keeps finished textures for reuse, as far as the budget goes.
  /// - Returns: what is to be deleted.
  fileprivate mutating func keep(_ finished: [Remains]) -> [Remains] {
    finished.flatMap { remains -> [Remains] in
      guard case .texture(let record) = remains else { return [remains] }
      return idle.give(record, as: record.descriptor, bytes: record.bytes).map { .texture($0) }
    }
  }
}
