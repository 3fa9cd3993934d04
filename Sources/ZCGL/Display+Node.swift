import CGLES
import Glibc

extension Display {
  /// The render node of the GPU that draws here (`/dev/dri/renderD128`); nil where the display has
  /// none, or does not tell.
  var renderNode: String? {
    typealias QueryAttribute =
      @convention(c) (
        UnsafeMutableRawPointer?, EGLint, UnsafeMutablePointer<Int>?
      ) -> EGLBoolean
    guard let query = unsafe library.proc("eglQueryDisplayAttribEXT", as: QueryAttribute.self)
    else { return nil }
    var device = 0
    guard unsafe query(raw, EGL_DEVICE_EXT, &device) == EGLBoolean(EGL_TRUE),
      let handle = unsafe UnsafeMutableRawPointer(bitPattern: device)
    else { return nil }
    return unsafe library.renderNode(of: handle)
  }
}

extension EGLLibrary {
  fileprivate func renderNode(of device: UnsafeMutableRawPointer) -> String? {
    let extensions = unsafe deviceWords(device)
    if extensions.contains("EGL_EXT_device_drm_render_node"),
      let node = unsafe deviceString(device, EGL_DRM_RENDER_NODE_FILE_EXT)
    {
      return node
    }
    guard extensions.contains("EGL_EXT_device_drm"),
      let node = unsafe deviceString(device, EGL_DRM_DEVICE_FILE_EXT)
    else { return nil }
    return RenderNode.beside(node)
  }
}

/// A GPU has two nodes: one for who shows pictures (`card0`), one for who only works.
enum RenderNode {
  /// The render node of the GPU whose other node this is, or that node itself.
  static func beside(_ node: String) -> String? {
    var facts = stat()
    guard unsafe stat(node, &facts) == 0, facts.st_mode & S_IFMT == S_IFCHR else { return nil }
    // As glibc's major() and minor() take it apart.
    let major = facts.st_rdev >> 8 & 0xFFF | facts.st_rdev >> 32 & ~0xFFF
    let minor = facts.st_rdev & 0xFF | facts.st_rdev >> 12 & ~0xFF
    return first(among: names(in: "/sys/dev/char/\(major):\(minor)/device/drm"))
  }

  /// The first of a GPU's nodes that is for work.
  static func first(among names: [String]) -> String? {
    names.filter { $0.hasPrefix("renderD") }.min().map { "/dev/dri/\($0)" }
  }

  private static func names(in folder: String) -> [String] {
    guard let stream = unsafe opendir(folder) else { return [] }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      // d_name ends in NUL, inside the entry.
      unsafe names.append(
        withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
          unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        })
    }
    return names
  }
}
