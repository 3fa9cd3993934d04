import ZCCore

/// A pool that its users keep.
struct StockReference: Sendable {
  weak var stock: Stock?
}

extension GPUContext {
  /// A pool was made beside the context's own.
  func know(_ stock: Stock) {
    otherStocks.withLock { known in
      known.removeAll { $0.stock == nil }
      known.append(StockReference(stock: stock))
    }
  }

  /// Deletes what is idle in all pools of the context.
  /// - Returns: how many textures those were.
  func purgeAll(_ current: borrowing Current) -> Int {
    let others = otherStocks.withLock { $0.compactMap(\.stock) }
    return ([stock] + others).map { $0.purge(current) }.reduce(0, +)
  }
}
