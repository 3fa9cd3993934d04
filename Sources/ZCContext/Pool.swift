package import ZCCore
import ZCGL

/// A pool of a context's textures: its own, or one with a budget beside it.
///
/// Dropping it gives the pool up: what is held of it stays with its holders, what is idle is
/// deleted in a later turn. Thread-safety: any thread may call anything here.
package final class Pool: Sendable {
  package let context: GPUContext
  let stock: Stock
  private let isOwn: Bool

  /// The context's own pool.
  package init(of context: GPUContext) {
    self.context = context
    stock = context.stock
    isOwn = true
  }

  /// A pool beside the context's own, of `budget` bytes.
  package init(of context: GPUContext, budget: Int) throws(ZCError) {
    try context.checkProcess()
    try context.checkLife()
    self.context = context
    stock = Stock(budget: budget)
    isOwn = false
    context.know(stock)
  }

  deinit { if !isOwn { stock.close(context.graveyard) } }

  /// A frame of transparent black.
  package func frame(_ extent: Extent, _ format: PixelFormat, label: String?) throws(ZCError)
    -> Frame
  {
    let texture = try context.withCurrent { (current) throws(ZCError) -> Texture in
      let texture = try context.makeTexture(
        extent, format, label: label, from: self, current)
      current.gl.bindFramebuffer(texture.record.framebuffer, extent)
      current.gl.clearFramebuffer()
      try current.check("clearing a frame")
      return texture
    }
    return Frame(texture, in: context)
  }

  /// Calls no driver, waits for nobody. In a context that does not live, nothing is there.
  package func statistics() throws(ZCError) -> PoolStatistics {
    try context.checkProcess()
    return stock.statistics(of: context.living)
  }

  /// Who holds what, the largest first. Calls no driver, waits for nobody.
  package func holdings() throws(ZCError) -> [Holding] {
    try context.checkProcess()
    return context.living.map { stock.holdings(of: $0) } ?? []
  }
}

extension Pool {
  /// How often what is idle may see a housekeeping before it is deleted.
  package static let idleLimit = 30

  /// Makes what is idle one older, and deletes what is older than ``idleLimit``.
  /// - Returns: how many were deleted.
  package func housekeep() throws(ZCError) -> Int {
    try context.withCurrent { (current) throws(ZCError) in
      context.settle(current)
      return stock.age(limit: Self.idleLimit, current)
    }
  }

  /// Deletes what is idle now.
  /// - Returns: how many were deleted.
  package func purge() throws(ZCError) -> Int {
    try context.withCurrent { (current) throws(ZCError) in
      context.settle(current)
      return stock.purge(current)
    }
  }

  /// Waits for the GPU to finish with what was let go of, and deletes what is idle then.
  package func cleanUp() throws(ZCError) {
    try context.withCurrent { (current) throws(ZCError) in cleanUp(current) }
  }

  /// As ``cleanUp()``; what is held stays valid for its holders, and is deleted when they let go
  /// of it.
  package func forceCleanUp() throws(ZCError) {
    try context.withCurrent { (current) throws(ZCError) in
      stock.orphan(current)
      cleanUp(current)
    }
  }

  private func cleanUp(_ current: borrowing Current) {
    let generation = current.generation
    context.drain(current) { stock.statistics(of: generation).retiring.count == 0 }
    stock.purge(current)
  }
}
