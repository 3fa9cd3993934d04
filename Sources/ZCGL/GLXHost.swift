import Glibc
import ZCCore

/// A host that draws with GLX, X11's older way to OpenGL. Its contexts cannot be shared by EGL, and
/// libglvnd makes none of EGL's current on a thread that has one of them.
enum GLXHost {
  /// What to do about it.
  private static let advice =
    "ask for EGL where that context is made (glfw: glfw.window_hint(glfw.CONTEXT_CREATION_API, "
    + "glfw.EGL_CONTEXT_API); Qt: QT_XCB_GL_INTEGRATION=xcb_egl; PyOpenGL: "
    + "PYOPENGL_PLATFORM=egl), or draw with a zcgpu.Context() on another thread"

  /// Why its context cannot be borrowed.
  static let refusalToBorrow = ZCError.notCurrent(
    "the current context of this thread is one of GLX, and zcgpu can only share one of EGL: "
      + advice)

  /// Why a context of our own cannot be used.
  static let refusalBeside = ZCError.wrongThread(
    "this thread has a GLX context current, beside which none of EGL can be: " + advice)

  /// Whether GLX, where the program has loaded it, has a context current on this thread.
  static var isCurrent: Bool {
    for name in ["libGLX.so.0", "libGL.so.1"] {
      // RTLD_NOLOAD: it is asked for, and never brought in.
      guard let library = unsafe dlopen(name, RTLD_LAZY | RTLD_NOLOAD) else { continue }
      defer { unsafe dlclose(library) }
      guard let symbol = unsafe dlsym(library, "glXGetCurrentContext") else { continue }
      // The type is the one that GLX's header gives it.
      let current = unsafe unsafeBitCast(symbol, to: GetCurrentContext.self)
      if unsafe current() != nil { return true }
    }
    return false
  }

  private typealias GetCurrentContext = @convention(c) () -> UnsafeMutableRawPointer?
}
