/// A rectangle of a framebuffer, in pixels from its lower left corner.
package struct Viewport: Hashable, Sendable {
  package var x: Int32
  package var y: Int32
  package var width: Int32
  package var height: Int32

  package init(x: Int32, y: Int32, width: Int32, height: Int32) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }
}

/// The framebuffer that a host has bound for drawing.
package struct DrawTarget: Sendable {
  package let framebuffer: UInt32
  /// The host's own viewport.
  package let viewport: Viewport
  /// The longest sides that a viewport may have.
  package let limit: (width: Int32, height: Int32)
  /// What is written is taken for linear light, and encoded.
  package let encodesSRGB: Bool
  /// Why nothing can be drawn into it.
  package let problem: String?

  package init(
    framebuffer: UInt32, viewport: Viewport, limit: (width: Int32, height: Int32),
    encodesSRGB: Bool = false, problem: String? = nil
  ) {
    self.framebuffer = framebuffer
    self.viewport = viewport
    self.limit = limit
    self.encodesSRGB = encodesSRGB
    self.problem = problem
  }
}
