import CAV
import Glibc
import Testing
import ZCCore

@testable import ZCVideo

@Suite("Finding FFmpeg")
struct MediaLibraryTests {
  @Test("what was opened is named with its versions")
  func names() throws {
    let library = try MediaFiles.library.get()
    #expect(library.found.hasPrefix("FFmpeg "))
    #expect(library.found.contains("libavcodec "))
  }

  @Test("a folder without FFmpeg is an error that says what to do")
  func missing() throws {
    let files = try MediaFiles()
    // A library of its own: the one that the other tests use has found FFmpeg already.
    let shims = "\(files.folder)/shims"
    try #require(try MediaFiles.run(["cp", "-r", MediaFiles.shims, shims]) == 0)
    let empty = "\(files.folder)/empty"
    unsafe mkdir(empty, 0o755)
    let error = #expect(throws: ZCError.self) { try MediaLibrary(in: shims, ffmpeg: empty) }
    let text = try #require(error).description
    #expect(text.contains("\(empty)/libavutil.so."))
    #expect(text.contains("ZCGPU_LIBAV"))
    // What was refused may be there a moment later.
    #expect(throws: Never.self) { try MediaLibrary(in: shims, ffmpeg: nil) }
  }

  @Test("another major version is named beside the one that is known")
  func stranger() throws {
    let files = try MediaFiles()
    let shims = "\(files.folder)/shims"
    try #require(try MediaFiles.run(["cp", "-r", MediaFiles.shims, shims]) == 0)
    let path = try files.write("libavcodec.so.58", [])
    #expect(!path.isEmpty)
    let error = #expect(throws: ZCError.self) { try MediaLibrary(in: shims, ffmpeg: files.folder) }
    #expect(try #require(error).description.contains("libavcodec.so.58 is there, but"))
  }

  @Test("a build without a shim says so")
  func without() throws {
    let files = try MediaFiles()
    let folder = files.folder
    let error = #expect(throws: ZCError.self) { try MediaLibrary(in: folder, ffmpeg: nil) }
    #expect(try #require(error).description.contains("built without video"))
  }

  @Test("libraries are numbered by what stands between the parts of their names")
  func numbers() {
    #expect(Folder.number(in: "libzcav59.so", after: "libzcav", before: ".so") == 59)
    #expect(Folder.number(in: "libzcav.so", after: "libzcav", before: ".so") == nil)
    #expect(Folder.number(in: "libzcav5x.so", after: "libzcav", before: ".so") == nil)
    #expect(
      Folder.number(in: "libavcodec.so.59.37.100", after: "libavcodec.so.", before: "") == nil)
  }
}
