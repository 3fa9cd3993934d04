/// One entry of a header's PASSES.
package struct PassDescription: Hashable, Sendable {
  /// The buffer this pass draws into; nil draws to the output.
  package var target: String?
  package var width: SizeExpression?
  package var height: SizeExpression?
  /// The target keeps its content from frame to frame.
  package var isPersistent: Bool
  /// 32-bit float components instead of 8-bit.
  package var isFloat: Bool
  package var description: String?

  package init(
    target: String? = nil, width: SizeExpression? = nil, height: SizeExpression? = nil,
    isPersistent: Bool = false, isFloat: Bool = false, description: String? = nil
  ) {
    self.target = target
    self.width = width
    self.height = height
    self.isPersistent = isPersistent
    self.isFloat = isFloat
    self.description = description
  }
}
