package import ZCContext
package import ZCCore
package import ZCISF

extension Scene {
  /// Draws another text from now on. Inputs keep the values that somebody set and that fit,
  /// persistent buffers keep their pictures, clock and frame index go on. A failure leaves
  /// everything as it was; a frame that is being drawn is finished first.
  package func reload(_ source: ShaderSource, pictures: [Frame] = []) throws(ZCError) {
    let parsed = try ParsedShader(parsing: source)
    let count = parsed.description.imports.count
    guard pictures.isEmpty || pictures.count == count else {
      throw .invalidArgument("this shader imports \(count) pictures, not \(pictures.count)")
    }
    var imported: [ImportedPicture] = []
    for (index, frame) in pictures.enumerated() {
      imported.append(try parsed.description.picture(frame, of: index, in: context))
    }
    let given = imported
    try context.withCurrent { (current) throws(ZCError) in
      try drawing.withLock { (drawing) throws(ZCError) in
        let edition = Edition(parsed, after: drawing.edition.number, pictures: given)
        var fresh = try SceneDrawing(edition, in: context, current)
        fresh.take(from: drawing, current)
        drawing = fresh
        let old = values.withLock { values in
          let old = values
          values = SceneValues(edition, keeping: old)
          return old
        }
        // What it held is dropped after the lock.
        _ = consume old
      }
    }
  }
}

extension SceneDrawing {
  /// Takes over what outlives an edition.
  fileprivate mutating func take(from old: borrowing SceneDrawing, _ current: borrowing Current) {
    clock = old.clock
    guard old.generation.isUsable(in: current.generation) else { return }
    for (index, use) in edition.targetUses.enumerated() where use.isPersistent {
      guard let before = old.edition.targetIndices[use.name],
        old.edition.targetUses[before].isPersistent
      else { continue }
      targets[index] = old.targets[safe: before] ?? nil
    }
  }
}
