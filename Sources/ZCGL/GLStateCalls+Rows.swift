import CGLES

extension GLStateCalls {
  /// The rows of the table that a context has.
  func rows(_ capabilities: Capabilities) -> [GLStateRow] {
    let features = GLFeatures(capabilities)
    let maxViewports: Int32 = 0x825B
    return GLStateTable.rows(
      for: features, viewports: features.contains(.viewports) ? gl.integer(maxViewports) : 0,
      packReverse: capabilities.packReverse)
  }

  /// How many texture units there are.
  var unitCount: Int32 { gl.integer(GL_MAX_COMBINED_TEXTURE_IMAGE_UNITS) }

  /// Nothing two-dimensional, no cube and no sampler, in any texture unit.
  func unbindUnits() {
    for unit in 0..<unitCount { bind(UnitBinding(unit: unit)) }
    gl.activeTexture(GLenum(GL_TEXTURE0))
  }

  func activate(_ unit: Int32) {
    gl.activeTexture(GLenum(GL_TEXTURE0) &+ GLenum(bitPattern: unit))
  }

  /// What a unit has bound. It becomes the active one.
  func binding(of unit: Int32) -> UnitBinding {
    activate(unit)
    return UnitBinding(
      unit: unit, texture: UInt32(bitPattern: gl.integer(GL_TEXTURE_BINDING_2D)),
      cube: UInt32(bitPattern: gl.integer(GL_TEXTURE_BINDING_CUBE_MAP)),
      sampler: UInt32(bitPattern: gl.integer(GL_SAMPLER_BINDING)))
  }

  /// Binds what a unit had bound. It becomes the active one.
  func bind(_ binding: UnitBinding) {
    activate(binding.unit)
    gl.bindTexture(GLenum(GL_TEXTURE_2D), binding.texture)
    gl.bindTexture(GLenum(GL_TEXTURE_CUBE_MAP), binding.cube)
    bindSampler(GLuint(bitPattern: binding.unit), binding.sampler)
  }

  /// A unit's external texture. It becomes the active one.
  func external(of unit: Int32) -> UInt32 {
    activate(unit)
    return UInt32(bitPattern: gl.integer(GL_TEXTURE_BINDING_EXTERNAL_OES))
  }

  func bindExternal(_ texture: UInt32, to unit: Int32) {
    activate(unit)
    gl.bindTexture(GLenum(GL_TEXTURE_EXTERNAL_OES), texture)
  }
}

/// A texture unit's two-dimensional texture, its cube and its sampler. External textures are kept
/// beside it: most contexts have none, and few draws use one.
struct UnitBinding: Hashable, Sendable {
  let unit: Int32
  var texture: UInt32 = 0
  var cube: UInt32 = 0
  var sampler: UInt32 = 0
}
