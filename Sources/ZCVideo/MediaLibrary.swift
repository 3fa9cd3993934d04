package import CAV
import Glibc
import Synchronization
package import ZCCore

/// FFmpeg, as one of our `libzcav*.so` has opened it.
///
/// It stays open for the life of the process: decoders' threads do not survive being unloaded.
@safe package final class MediaLibrary: @unchecked Sendable {  // an immutable table of C functions
  /// The functions of zcav.h; valid for ever.
  package let table: UnsafePointer<zcav_table>
  /// What was opened, in words: "FFmpeg 5.1.9: libavformat 59.27.100, …".
  package let found: String

  private static let opened = AtomicLazyReference<MediaLibrary>()

  /// FFmpeg from the folder that the environment names, or as the loader finds it. Opened on first
  /// use; where it is missing the next call looks again. Blocks while libraries are loaded.
  ///
  /// No lock of ours is held meanwhile, and forks wait: two threads may both open it, and one's is kept.
  package static func shared() throws(ZCError) -> MediaLibrary {
    try StackRoom.checkForMedia()
    if let library = opened.load() { return library }
    guard let folder = ownFolder else {
      throw .library("the folder of zcgpu's own library cannot be found")
    }
    let library = try Work.load { () throws(ZCError) in
      try MediaLibrary(in: folder, ffmpeg: Settings.environment.mediaFolder)
    }
    return opened.storeIfNil(library)
  }

  /// Opens the newest `libzcav*.so` of a folder that finds its FFmpeg: in the folder `ffmpeg`, or
  /// where the loader looks. Throws `library`, with what was looked for, what there is, and what
  /// to do.
  package init(in folder: String, ffmpeg: String?) throws(ZCError) {
    var reasons: [String] = []
    for shim in MediaShim.all(in: folder) {
      switch shim.open(ffmpeg: ffmpeg) {
      case .opened(let table):
        unsafe self.table = table
        unsafe found = String(cString: table.pointee.found)
        return
      case .refused(let reason): reasons.append("\(shim.name): \(reason)")
      }
    }
    throw MissingMedia(reasons: reasons, shims: folder, ffmpeg: ffmpeg).error
  }

  /// The folder of the file that this code was loaded from.
  private static var ownFolder: String? {
    var loaded = unsafe zcav_loaded()
    guard unsafe zcav_find_loaded(#dsohandle, &loaded) != 0, let name = unsafe loaded.file,
      let path = unsafe realpath(name, nil)
    else { return nil }
    defer { unsafe free(path) }
    let parts = unsafe String(cString: path).split(separator: "/", omittingEmptySubsequences: false)
    return parts.dropLast().joined(separator: "/")
  }
}
