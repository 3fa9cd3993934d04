import CAV
import Glibc

/// One of our `libzcav*.so`, made for one major version of libavcodec.
struct MediaShim: Hashable {
  let folder: String
  let major: Int

  var name: String { "libzcav\(major).so" }

  /// The functions of zcav.h, which stay for ever, or why there are none.
  @safe enum Opened {
    case opened(UnsafePointer<zcav_table>)
    case refused(String)
  }

  /// Those of a folder, newest first.
  static func all(in folder: String) -> [MediaShim] {
    Folder.names(in: folder)
      .compactMap { Folder.number(in: $0, after: "libzcav", before: ".so") }
      .sorted(by: >)
      .map { MediaShim(folder: folder, major: $0) }
  }

  func open(ffmpeg: String?) -> Opened {
    guard let library = unsafe dlopen("\(folder)/\(name)", RTLD_NOW | RTLD_LOCAL) else {
      return .refused(unsafe dlerror().map { unsafe String(cString: $0) } ?? "it cannot be loaded")
    }
    guard let symbol = unsafe dlsym(library, "zcav_open_library") else {
      return .refused("it has no zcav_open_library")
    }
    // zcav.h gives the one export this type.
    let open = unsafe unsafeBitCast(symbol, to: OpenLibrary.self)
    var table: UnsafePointer<zcav_table>?
    var err = zcav_error()
    guard unsafe open(ffmpeg, &table, &err) == ZCAV_OK, let table = unsafe table else {
      return .refused(err.words)
    }
    guard unsafe table.pointee.version == ZCAV_ABI_VERSION else {
      return .refused("it is of another zcgpu than the extension; install zcgpu anew")
    }
    return unsafe .opened(table)
  }

  private typealias OpenLibrary =
    @convention(c) (
      UnsafePointer<CChar>?, UnsafeMutablePointer<UnsafePointer<zcav_table>?>?,
      UnsafeMutablePointer<zcav_error>?
    ) -> zcav_status
}
