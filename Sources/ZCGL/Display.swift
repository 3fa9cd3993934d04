import CGLES
package import ZCCore

/// An initialised EGL display. Displays are the process's, shared with any other user of EGL:
/// they are never terminated.
@safe package final class Display: @unchecked Sendable {  // an immutable driver handle
  package let name: String
  package let version: String
  package let vendor: String
  package let extensions: Set<String>
  let library: EGLLibrary
  let raw: UnsafeMutableRawPointer

  private init(
    _ raw: UnsafeMutableRawPointer, _ name: String, _ library: EGLLibrary
  ) {
    unsafe self.raw = raw
    self.name = name
    self.library = library
    version = unsafe library.string(raw, EGL_VERSION)
    vendor = unsafe library.string(raw, EGL_VENDOR)
    extensions = unsafe library.words(raw, EGL_EXTENSIONS)
  }

  /// The display of a candidate; initialising one twice is harmless.
  package static func open(_ candidate: DisplayCandidate, in library: EGLLibrary)
    throws(ZCError) -> Display
  {
    guard let raw = unsafe try handle(candidate, library) else {
      throw .noDisplay("EGL has no such display (\(library.errorName()))")
    }
    guard unsafe !OpenedDisplays.isInherited(raw, library) else {
      throw .noDisplay("it was opened before this process was forked")
    }
    var major: EGLint = 0
    var minor: EGLint = 0
    guard unsafe library.initialize(raw, &major, &minor) == EGLBoolean(EGL_TRUE) else {
      throw .noDisplay("eglInitialize failed (\(library.errorName()))")
    }
    unsafe OpenedDisplays.note(raw, library)
    return unsafe Display(raw, candidate.description, library)
  }

  /// The display of a host, which has initialised it.
  static func borrow(_ raw: UnsafeMutableRawPointer, in library: EGLLibrary) -> Display {
    unsafe OpenedDisplays.note(raw, library)
    return unsafe Display(raw, "the host's display", library)
  }

  private static func handle(_ candidate: DisplayCandidate, _ library: EGLLibrary)
    throws(ZCError) -> UnsafeMutableRawPointer?
  {
    let client = unsafe library.words(nil, EGL_EXTENSIONS)
    switch candidate {
    case .device(let index, _, _):
      guard let open = unsafe library.getPlatformDisplay, client.contains("EGL_EXT_platform_device")
      else { throw .noDisplay("EGL_EXT_platform_device is missing") }
      let devices = unsafe library.devices()
      guard unsafe devices.indices.contains(index) else {
        throw unsafe .noDisplay("there are \(devices.count) EGL devices, counted from 0")
      }
      return unsafe open(EGLenum(EGL_PLATFORM_DEVICE_EXT), devices[index], nil)
    case .surfaceless:
      guard let open = unsafe library.getPlatformDisplay,
        client.contains("EGL_MESA_platform_surfaceless")
      else { throw .noDisplay("EGL_MESA_platform_surfaceless is missing") }
      return unsafe open(EGLenum(EGL_PLATFORM_SURFACELESS_MESA), nil, nil)
    case .standard:
      return unsafe library.getDisplay(nil)
    }
  }
}

extension EGLLibrary {
  /// The EGL devices, in the driver's order.
  func devices() -> [UnsafeMutableRawPointer?] {
    guard let query = unsafe queryDevices else { return unsafe [] }
    var count: EGLint = 0
    guard unsafe query(0, nil, &count) == EGLBoolean(EGL_TRUE), count > 0 else { return unsafe [] }
    var devices = unsafe [UnsafeMutableRawPointer?](repeating: nil, count: Int(count))
    let ok = unsafe devices.withUnsafeMutableBufferPointer { buffer in
      unsafe query(count, buffer.baseAddress, &count)
    }
    return ok == EGLBoolean(EGL_TRUE) ? unsafe Array(devices.prefix(Int(count))) : unsafe []
  }

  /// The devices as candidates.
  package func deviceCandidates() -> [DisplayCandidate] {
    unsafe devices().enumerated().map { index, device in
      let extensions = unsafe deviceWords(device)
      let isSoftware = extensions.contains("EGL_MESA_device_software")
      let node =
        extensions.contains("EGL_EXT_device_drm")
        ? unsafe deviceString(device, EGL_DRM_DEVICE_FILE_EXT) : nil
      return .device(index: index, isSoftware: isSoftware, node: node)
    }
  }

  func deviceWords(_ device: UnsafeMutableRawPointer?) -> Set<String> {
    Set((unsafe deviceString(device, EGL_EXTENSIONS) ?? "").split(separator: " ").map(String.init))
  }

  func deviceString(_ device: UnsafeMutableRawPointer?, _ name: EGLint) -> String? {
    guard let query = unsafe queryDeviceString else { return nil }
    return unsafe query(device, name).map { unsafe String(cString: $0) }
  }

  /// A string of the display, or of the client for nil; empty where there is none.
  func string(_ display: UnsafeMutableRawPointer?, _ name: EGLint) -> String {
    unsafe queryString(display, name).map { unsafe String(cString: $0) } ?? ""
  }

  func words(_ display: UnsafeMutableRawPointer?, _ name: EGLint) -> Set<String> {
    Set(unsafe string(display, name).split(separator: " ").map(String.init))
  }
}
