import CGLES
import ZCCore

/// Makes raw EGL contexts: robust where the display has that, plain where it refuses.
@safe struct EGLContextMaker {
  let display: Display
  let version: ContextVersion

  /// - Returns: the context, and whether it answers resets.
  func make() throws(ZCError) -> (UnsafeMutableRawPointer, isRobust: Bool) {
    let library = display.library
    guard display.extensions.contains("EGL_KHR_surfaceless_context") else {
      throw .noDisplay("EGL_KHR_surfaceless_context is missing")
    }
    let config = unsafe try configuration()
    let hostAPI = library.queryAPI()
    let api = EGLenum(version.isES ? EGL_OPENGL_ES_API : EGL_OPENGL_API)
    guard library.bindAPI(api) == EGLBoolean(EGL_TRUE) else {
      throw .noDisplay("\(version): EGL has no such API (\(library.errorName()))")
    }
    defer { if hostAPI != EGLenum(EGL_NONE) { _ = library.bindAPI(hostAPI) } }
    if let robust = robustAttributes,
      let context = unsafe create(config, baseAttributes + robust)
    {
      return unsafe (context, true)
    }
    guard let context = unsafe create(config, baseAttributes) else {
      throw .noDisplay("\(version): eglCreateContext failed (\(library.errorName()))")
    }
    return unsafe (context, false)
  }

  private func create(_ config: UnsafeMutableRawPointer?, _ attributes: [EGLint])
    -> UnsafeMutableRawPointer?
  {
    unsafe display.library.createContext(display.raw, config, nil, attributes + [EGL_NONE])
  }

  private var baseAttributes: [EGLint] {
    var attributes = [
      EGL_CONTEXT_MAJOR_VERSION, version.major, EGL_CONTEXT_MINOR_VERSION, version.minor,
    ]
    if !version.isES {
      attributes += [EGL_CONTEXT_OPENGL_PROFILE_MASK, EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT]
    }
    // Nobody else sees what we draw before we read it, so a switch need not flush.
    if display.extensions.contains("EGL_KHR_context_flush_control") {
      attributes += [EGL_CONTEXT_RELEASE_BEHAVIOR_KHR, EGL_CONTEXT_RELEASE_BEHAVIOR_NONE_KHR]
    }
    return attributes
  }

  /// nil where the display offers no robust contexts.
  private var robustAttributes: [EGLint]? {
    if version.isES {
      guard display.extensions.contains("EGL_EXT_create_context_robustness") else { return nil }
      return [
        EGL_CONTEXT_OPENGL_ROBUST_ACCESS_EXT, EGL_TRUE,
        EGL_CONTEXT_OPENGL_RESET_NOTIFICATION_STRATEGY_EXT, EGL_LOSE_CONTEXT_ON_RESET_EXT,
      ]
    }
    return [
      EGL_CONTEXT_OPENGL_ROBUST_ACCESS, EGL_TRUE,
      EGL_CONTEXT_OPENGL_RESET_NOTIFICATION_STRATEGY, EGL_LOSE_CONTEXT_ON_RESET,
    ]
  }

  /// No configuration where the display allows that; else the first that renders this API.
  private func configuration() throws(ZCError) -> UnsafeMutableRawPointer? {
    if display.extensions.contains("EGL_KHR_no_config_context") { return nil }
    let renderable = version.isES ? EGL_OPENGL_ES3_BIT : EGL_OPENGL_BIT
    var config: UnsafeMutableRawPointer?
    var count: EGLint = 0
    let ok = unsafe display.library.chooseConfig(
      display.raw, [EGL_SURFACE_TYPE, 0, EGL_RENDERABLE_TYPE, renderable, EGL_NONE], &config, 1,
      &count)
    guard ok == EGLBoolean(EGL_TRUE), count > 0 else {
      throw .noDisplay("\(version): EGL has no configuration that renders it")
    }
    return unsafe config
  }
}
