/// One setting of a GL context, by how GL is asked for it and told.
enum GLSetting: Hashable, Sendable {
  /// Up to four words; floats are kept as their bits, so that every one comes back as it was.
  typealias Value = SIMD4<Int32>

  /// `glEnable` and `glDisable`.
  case toggle(UInt32)
  /// `glEnablei` and `glDisablei` of draw buffer 0: the others are not touched.
  case firstToggle(UInt32)
  /// The scissor tests of so many viewports, a bit each. None is left on: Mesa 22.3 loses draws where
  /// only the first is off.
  case scissorTests(UInt32)
  /// `glPixelStorei`.
  case pixelStore(UInt32)
  /// `glPixelTransferf`.
  case pixelTransfer(UInt32)
  /// `glClampColor`.
  case clampColor(UInt32)
  /// `glBindBuffer`.
  case buffer(UInt32, query: UInt32)
  /// `glBindFramebuffer`.
  case framebuffer(UInt32, query: UInt32)
  /// `glUseProgram`.
  case program
  /// `glBindVertexArray`.
  case vertexArray
  /// `glActiveTexture`.
  case activeTexture
  /// `glViewport`, where there is only one.
  case viewport
  /// `glViewportIndexedfv`: `glViewport` sets them all.
  case viewports(UInt32)
  /// `glColorMask`.
  case colorMask
  /// `glColorMaski` of draw buffer 0.
  case firstColorMask
  /// `glClearColor`.
  case clearColor
  /// `glPolygonMode`: front, back.
  case polygonMode
  /// `glClipControl`: origin, depth.
  case clipControl
  /// 1 while transform feedback runs. `glPauseTransformFeedback`, `glResumeTransformFeedback`.
  case transformFeedback
}

/// A setting that our drawing relies on or changes.
struct GLStateRow: Sendable {
  let setting: GLSetting
  /// What our drawing relies on; nil for what it sets itself whenever it needs it.
  let ours: GLSetting.Value?
  /// GL's initial value; nil for what has none of its own.
  let initial: GLSetting.Value?
  /// Where there is such a setting.
  let needs: GLFeatures
}

/// What decides which settings a context has.
struct GLFeatures: OptionSet, Sendable {
  let rawValue: Int

  /// OpenGL, not OpenGL ES.
  static let desktop = GLFeatures(rawValue: 1 << 0)
  /// OpenGL with what the core profile has dropped.
  static let compatibility = GLFeatures(rawValue: 1 << 1)
  /// Draw buffers have settings of their own.
  static let indexed = GLFeatures(rawValue: 1 << 2)
  static let notIndexed = GLFeatures(rawValue: 1 << 3)
  /// There are several viewports.
  static let viewports = GLFeatures(rawValue: 1 << 4)
  static let oneViewport = GLFeatures(rawValue: 1 << 5)
  static let clipControl = GLFeatures(rawValue: 1 << 6)
  static let clipDistances = GLFeatures(rawValue: 1 << 7)
  static let transformFeedback = GLFeatures(rawValue: 1 << 8)
  static let sampleMask = GLFeatures(rawValue: 1 << 9)

  init(rawValue: Int) { self.rawValue = rawValue }

  init(_ capabilities: Capabilities) {
    let version = capabilities.version
    func has(_ names: String...) -> Bool {
      names.contains { capabilities.glExtensions.contains($0) }
    }
    func isFrom(gl: (Int32, Int32), es: (Int32, Int32)) -> Bool {
      (version.major, version.minor) >= (version.isES ? es : gl)
    }
    let never: (Int32, Int32) = (99, 0)
    self = []
    if !version.isES { insert(.desktop) }
    if version.isCompatibility { insert(.compatibility) }
    let isIndexed =
      isFrom(gl: (3, 0), es: (3, 2))
      || has("GL_OES_draw_buffers_indexed", "GL_EXT_draw_buffers_indexed")
    insert(isIndexed ? .indexed : .notIndexed)
    let hasViewports =
      isFrom(gl: (4, 1), es: never) || has("GL_ARB_viewport_array", "GL_OES_viewport_array")
    insert(hasViewports ? .viewports : .oneViewport)
    if isFrom(gl: (4, 5), es: never) || has("GL_ARB_clip_control", "GL_EXT_clip_control") {
      insert(.clipControl)
    }
    if isFrom(gl: (3, 0), es: never) || has("GL_EXT_clip_cull_distance") {
      insert(.clipDistances)
    }
    if isFrom(gl: (4, 0), es: (3, 0)) || has("GL_ARB_transform_feedback2") {
      insert(.transformFeedback)
    }
    if isFrom(gl: (3, 2), es: (3, 1)) { insert(.sampleMask) }
  }
}
