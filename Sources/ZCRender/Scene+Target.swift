package import ZCContext
package import ZCCore
import ZCGL
import ZCISF

extension Scene {
  /// A copy of what passes drew last into the buffer `name`; nil before they have.
  /// - Throws: `invalidArgument`, naming the buffers there are.
  package func copyTarget(named name: String) throws(ZCError) -> Frame? {
    let edition = edition
    guard edition.targetIndices[name] != nil else {
      let all = edition.description.targets.joined(separator: ", ")
      throw .invalidArgument(
        "no pass draws into '\(name)': "
          + (all.isEmpty ? "this shader's passes have no TARGET" : "the TARGETs are \(all)"))
    }
    let texture = try context.withCurrent { (current) throws(ZCError) -> Texture? in
      try drawing.withLock { (drawing) throws(ZCError) -> Texture? in
        guard drawing.generation == current.generation,
          let index = drawing.edition.targetIndices[name],
          let target = drawing.targets[safe: index] ?? nil
        else { return nil }
        let copy = try context.makeTexture(target.extent, target.format, current)
        current.gl.blitFramebuffer(
          from: target.readableRecord.framebuffer, target.extent, to: copy.record.framebuffer,
          copy.record.extent, flipped: false)
        try current.check("copying a pass's buffer")
        return copy
      }
    }
    guard let texture else { return nil }
    return Frame(texture, in: context)
  }
}
