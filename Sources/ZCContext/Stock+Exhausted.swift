import ZCCore

extension Stock {
  /// That there is no room for another texture: how much there is, and who holds it.
  func exhausted(by descriptor: TextureRecord.Descriptor, in generation: Generation) -> ZCError {
    let figures = statistics(of: generation)
    let wish =
      "\(descriptor.extent.width) x \(descriptor.extent.height) "
      + "\(descriptor.format.elementName) (\(descriptor.bytes) bytes)"
    guard descriptor.bytes <= figures.budget else {
      return .poolExhausted(
        "\(wish) is more than the pool's whole budget of \(figures.budget) bytes; give it a larger one"
      )
    }
    let all = holdings(of: generation)
    let named = all.prefix(5).map(\.words) + (all.count > 5 ? ["\(all.count - 5) more kinds"] : [])
    let waiting =
      figures.retiring.count == 0
      ? "" : "; the GPU has yet to finish with \(figures.retiring.bytes) bytes"
    return .poolExhausted(
      "the pool has no room for \(wish): of its budget of \(figures.budget) bytes, "
        + "\(figures.live.bytes + figures.orphaned.bytes) are held (\(named.joined(separator: "; ")))"
        + "\(waiting). Close some of them, or give the pool a larger budget")
  }
}
