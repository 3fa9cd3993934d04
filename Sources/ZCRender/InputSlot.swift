import ZCISF

/// One input of a scene: its declaration, and what the fast road of setting a number needs.
final class InputSlot: Sendable {
  let declaration: InputDescription
  /// For a `float`: what is refused outside of; infinite where the header declares no range.
  let bounds: ClosedRange<Double>?

  init(_ declaration: InputDescription) {
    self.declaration = declaration
    bounds =
      if case .float(let range) = declaration.kind {
        range.accepted
      } else {
        nil
      }
  }
}
