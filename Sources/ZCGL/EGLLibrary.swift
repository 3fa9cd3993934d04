import CGLES
import Glibc
import Synchronization
package import ZCCore

/// libEGL, opened at run time, with the entry points that need no display.
///
/// The library stays open for the life of the process: drivers do not survive being unloaded.
@safe package final class EGLLibrary: @unchecked Sendable {  // immutable C function pointers
  package let path: String
  private let epoch = ForkEpoch.current
  let getProcAddress: @convention(c) (UnsafePointer<CChar>?) -> UnsafeMutableRawPointer?
  let getPlatformDisplay:
    (
      @convention(c) (EGLenum, UnsafeMutableRawPointer?, UnsafePointer<EGLint>?) ->
        UnsafeMutableRawPointer?
    )?
  let getDisplay: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer?
  let initialize:
    @convention(c) (
      UnsafeMutableRawPointer?, UnsafeMutablePointer<EGLint>?, UnsafeMutablePointer<EGLint>?
    ) -> EGLBoolean
  let queryString: @convention(c) (UnsafeMutableRawPointer?, EGLint) -> UnsafePointer<CChar>?
  let getError: @convention(c) () -> EGLint
  let bindAPI: @convention(c) (EGLenum) -> EGLBoolean
  let queryAPI: @convention(c) () -> EGLenum
  let chooseConfig:
    @convention(c) (
      UnsafeMutableRawPointer?, UnsafePointer<EGLint>?,
      UnsafeMutablePointer<UnsafeMutableRawPointer?>?, EGLint, UnsafeMutablePointer<EGLint>?
    ) -> EGLBoolean
  let createContext:
    @convention(c) (
      UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?,
      UnsafePointer<EGLint>?
    ) -> UnsafeMutableRawPointer?
  let destroyContext:
    @convention(c) (UnsafeMutableRawPointer?, UnsafeMutableRawPointer?) -> EGLBoolean
  let queryContext:
    @convention(c) (
      UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, EGLint, UnsafeMutablePointer<EGLint>?
    ) -> EGLBoolean
  typealias MakeCurrent =
    @convention(c) (
      UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?,
      UnsafeMutableRawPointer?
    ) -> EGLBoolean
  let makeCurrent: MakeCurrent
  let getCurrentContext: @convention(c) () -> UnsafeMutableRawPointer?
  let getCurrentDisplay: @convention(c) () -> UnsafeMutableRawPointer?
  let getCurrentSurface: @convention(c) (EGLint) -> UnsafeMutableRawPointer?
  let queryDevices:
    (
      @convention(c) (
        EGLint, UnsafeMutablePointer<UnsafeMutableRawPointer?>?, UnsafeMutablePointer<EGLint>?
      ) -> EGLBoolean
    )?
  let queryDeviceString:
    (@convention(c) (UnsafeMutableRawPointer?, EGLint) -> UnsafePointer<CChar>?)?

  /// The library that the environment names, opened on first use; every later use gets the same
  /// library or the same refusal.
  package static let shared: Result<EGLLibrary, ZCError> = open(Settings.environment.eglLibrary)

  private static let isOpen = Atomic<Bool>(false)

  /// The library if it is open already. Opens nothing, and waits for nobody who does.
  static var known: EGLLibrary? {
    guard isOpen.load(ordering: .acquiring), case .success(let library) = shared else { return nil }
    return library
  }

  private static func open(_ path: String) -> Result<EGLLibrary, ZCError> {
    let opened = Result { () throws(ZCError) in try EGLLibrary(path) }
    if case .success = opened { isOpen.store(true, ordering: .releasing) }
    return opened
  }

  private init(_ path: String) throws(ZCError) {
    guard let library = unsafe dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
      let reason = unsafe dlerror().map { unsafe String(cString: $0) } ?? "dlopen gave no reason"
      throw .noDisplay(
        "no EGL library: \(reason)\n"
          + "  install it (Debian: apt-get install libegl1 libgl1-mesa-dri), "
          + "or name another in ZCGPU_LIBEGL")
    }
    let symbols = unsafe EGLSymbols(library: library, path: path)
    self.path = path
    unsafe getProcAddress = try symbols.required("eglGetProcAddress")
    unsafe getDisplay = try symbols.required("eglGetDisplay")
    unsafe initialize = try symbols.required("eglInitialize")
    unsafe queryString = try symbols.required("eglQueryString")
    getError = try symbols.required("eglGetError")
    bindAPI = try symbols.required("eglBindAPI")
    queryAPI = try symbols.required("eglQueryAPI")
    unsafe chooseConfig = try symbols.required("eglChooseConfig")
    unsafe createContext = try symbols.required("eglCreateContext")
    unsafe destroyContext = try symbols.required("eglDestroyContext")
    unsafe queryContext = try symbols.required("eglQueryContext")
    unsafe makeCurrent = try symbols.required("eglMakeCurrent")
    unsafe getCurrentContext = try symbols.required("eglGetCurrentContext")
    unsafe getCurrentDisplay = try symbols.required("eglGetCurrentDisplay")
    unsafe getCurrentSurface = try symbols.required("eglGetCurrentSurface")
    unsafe getPlatformDisplay = Self.proc(getProcAddress, "eglGetPlatformDisplayEXT")
    unsafe queryDevices = Self.proc(getProcAddress, "eglQueryDevicesEXT")
    unsafe queryDeviceString = Self.proc(getProcAddress, "eglQueryDeviceStringEXT")
  }

  /// Whether this process was forked from the one that opened the library.
  var isFromBeforeFork: Bool { !epoch.isCurrent }

  /// An entry point by eglGetProcAddress; `F` is its C function type.
  private static func proc<F>(
    _ get: @convention(c) (UnsafePointer<CChar>?) -> UnsafeMutableRawPointer?, _ name: String
  ) -> F? {
    // The caller names the type that the EGL and GL registries give this entry point.
    unsafe get(name).map { unsafe unsafeBitCast($0, to: F.self) }
  }

  /// An entry point of GL or an extension, nil where the library has none.
  func proc<F>(_ name: String, as type: F.Type = F.self) -> F? {
    unsafe Self.proc(getProcAddress, name)
  }

  /// The last EGL error of this thread, by name.
  func errorName() -> String { Self.name(ofError: getError()) }

  static func name(ofError code: EGLint) -> String {
    switch code {
    case EGL_SUCCESS: "EGL_SUCCESS"
    case EGL_NOT_INITIALIZED: "EGL_NOT_INITIALIZED"
    case EGL_BAD_ACCESS: "EGL_BAD_ACCESS"
    case EGL_BAD_ALLOC: "EGL_BAD_ALLOC"
    case EGL_BAD_ATTRIBUTE: "EGL_BAD_ATTRIBUTE"
    case EGL_BAD_CONFIG: "EGL_BAD_CONFIG"
    case EGL_BAD_CONTEXT: "EGL_BAD_CONTEXT"
    case EGL_BAD_DISPLAY: "EGL_BAD_DISPLAY"
    case EGL_BAD_MATCH: "EGL_BAD_MATCH"
    case EGL_BAD_PARAMETER: "EGL_BAD_PARAMETER"
    default: "EGL error 0x" + String(code, radix: 16)
    }
  }
}

/// Looks up what libEGL itself exports.
@safe private struct EGLSymbols {
  let library: UnsafeMutableRawPointer
  let path: String

  func required<F>(_ name: String) throws(ZCError) -> F {
    guard let symbol = unsafe dlsym(library, name) else {
      throw .noDisplay("\(path) is no EGL library: it has no \(name)")
    }
    // The caller names the type that EGL's header gives this entry point.
    return unsafe unsafeBitCast(symbol, to: F.self)
  }
}
