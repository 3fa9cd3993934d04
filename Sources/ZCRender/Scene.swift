package import ZCContext
package import ZCCore
import ZCGL
package import ZCISF

/// An ISF shader in a context, with the values of its inputs and the buffers of its passes.
///
/// Thread-safety: any thread may call anything here. Setting an input waits for the scene's own
/// short lock only, never for a frame that is being drawn.
package final class Scene: Sendable {
  package let context: GPUContext
  /// Touched in the context's turn only.
  let drawing: Lock<SceneDrawing>
  let values: Lock<SceneValues>

  /// Parses, translates and compiles.
  package init(_ source: ShaderSource, in context: GPUContext) throws(ZCError) {
    let edition = Edition(try ParsedShader(parsing: source))
    let drawing = try context.withCurrent { (current) throws(ZCError) -> SceneDrawing in
      try SceneDrawing(edition, in: context, current)
    }
    self.context = context
    self.drawing = Lock(drawing, rank: .drawing)
    values = Lock(SceneValues(edition), rank: .values)
  }

  /// What the scene's text makes of it now; a reload brings another.
  package var edition: Edition { values.withLock { $0.edition } }

  /// Sets an input until it is set again. `number` is the edition that the index was found in; 0
  /// is whichever there is.
  package func set(
    _ index: Int, to offered: OfferedValue, edition number: UInt32 = 0
  ) throws(ZCError) {
    if case .real(let real) = offered,
      values.withLock({ $0.setNumber(index, to: real, edition: number) })
    {
      return
    }
    let offer = Offer(index: index, value: offered, edition: number)
    while true {
      let edition = edition
      guard let value = try accept(offer, by: edition) else { return }
      let old: InputValue? = values.withLock { values in
        guard values.edition === edition else { return nil }
        return values.set(index, to: value, isDefault: offer.isDefault)
      }
      // As below.
      if let old {
        _ = consume old
        return
      }
    }
  }

  /// Sets several inputs, all of them or none.
  package func set(_ offers: [Offer]) throws(ZCError) {
    while true {
      let edition = edition
      let accepted = try accept(offers, by: edition)
      let old: [InputValue]? = values.withLock { values in
        guard values.edition === edition else { return nil }
        return zip(accepted, offers).map { accepted, offer in
          values.set(accepted.index, to: accepted.value, isDefault: offer.isDefault)
        }
      }
      // What was there is dropped after the lock. Where the scene was reloaded meanwhile, the new
      // edition is asked.
      if let old {
        _ = consume old
        return
      }
    }
  }

  /// Checks values against the inputs that they are for.
  func accept(
    _ offers: [Offer], by edition: Edition
  ) throws(ZCError) -> [(index: Int, value: InputValue)] {
    var accepted: [(index: Int, value: InputValue)] = []
    for offer in offers {
      if let value = try accept(offer, by: edition) { accepted.append((offer.index, value)) }
    }
    return accepted
  }

  private func accept(_ offer: Offer, by edition: Edition) throws(ZCError) -> InputValue? {
    try edition.check(offer.edition)
    guard edition.slots.indices.contains(offer.index) else {
      if Guards.keep(.inputs) { _ = try edition.input(offer.index) }
      return nil
    }
    return try edition.slots[offer.index].declaration.accept(offer.value, in: context)
  }

  /// What an input holds, and the edition that its index is good in.
  package func value(_ index: Int) throws(ZCError) -> (value: InputValue, edition: UInt32) {
    try values.withLock { (values) throws(ZCError) in
      _ = try values.edition.input(index)
      return (values.values[index], values.edition.number)
    }
  }
}

extension Dialect {
  init(_ capabilities: Capabilities) {
    let version = capabilities.version
    if version.isES {
      self.init(
        version: "3\(min(version.minor, 2))0 es", isES: true,
        hasImplicitConversions: capabilities.glExtensions.contains(
          "GL_EXT_shader_implicit_conversions"))
    } else {
      self = (version.major, version.minor) >= (4, 5) ? .gl450 : .gl330
    }
  }
}
