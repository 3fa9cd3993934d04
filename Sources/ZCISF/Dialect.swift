/// The GLSL that a context compiles.
package struct Dialect: Hashable, Sendable {
  /// The `#version` line without its number sign word, "450 core" or "310 es" say.
  package var version: String
  package var isES: Bool
  /// `GL_EXT_shader_implicit_conversions` is there (OpenGL ES only).
  package var hasImplicitConversions: Bool

  package init(version: String, isES: Bool, hasImplicitConversions: Bool = true) {
    self.version = version
    self.isES = isES
    self.hasImplicitConversions = hasImplicitConversions
  }

  package static let gl450 = Dialect(version: "450 core", isES: false)
  package static let gl330 = Dialect(version: "330 core", isES: false)
  package static let es310 = Dialect(version: "310 es", isES: true)
}
