import CAV
import Glibc
import Testing
import ZCCore

@testable import ZCVideo

/// FFmpeg and files that its command made, in a folder of the test's own.
struct MediaFiles: ~Copyable {
  let folder: String

  init() throws {
    var template = Array("/var/tmp/zcgpu-media-XXXXXX".utf8CString)
    let made = unsafe template.withUnsafeMutableBufferPointer { buffer in
      unsafe buffer.baseAddress.flatMap { unsafe mkdtemp($0) }.map { unsafe String(cString: $0) }
    }
    folder = try #require(made)
  }

  deinit { _ = try? Self.run(["rm", "-r", folder]) }

  /// Where `make setup` puts our libraries, or where this run has others.
  static let shims: String = {
    if let named = unsafe getenv("ZCG_SHIMS") { return unsafe String(cString: named) }
    let here = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    return (here.dropLast(3) + ["python", "zcgpu"]).joined(separator: "/")
  }()

  static let library = Result { () throws(ZCError) in try MediaLibrary(in: shims, ffmpeg: nil) }

  /// Makes a file by the ffmpeg command; gives its path.
  func make(_ name: String, _ arguments: String...) throws -> String {
    let path = "\(folder)/\(name)"
    let words = ["ffmpeg", "-v", "error", "-nostdin", "-y"]
    try #require(try Self.run(words + arguments + [path]) == 0)
    return path
  }

  /// A second of colour bars, 64 x 48, 10 pictures, two of them key.
  func bars(_ name: String = "bars.mp4", _ arguments: String...) throws -> String {
    let path = "\(folder)/\(name)"
    let words = [
      "ffmpeg", "-v", "error", "-nostdin", "-y", "-f", "lavfi", "-i",
      "testsrc=size=64x48:rate=10:duration=1", "-c:v", "mpeg4", "-g", "5",
    ]
    try #require(try Self.run(words + arguments + [path]) == 0)
    return path
  }

  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let path = "\(folder)/\(name)"
    let file = try unsafe #require(unsafe fopen(path, "wb"))
    _ = unsafe bytes.withUnsafeBytes { unsafe fwrite($0.baseAddress, 1, $0.count, file) }
    unsafe fclose(file)
    return path
  }

  static func bytes(of path: String) throws -> [UInt8] {
    let file = try unsafe #require(unsafe fopen(path, "rb"))
    defer { unsafe fclose(file) }
    unsafe fseek(file, 0, SEEK_END)
    var bytes = [UInt8](repeating: 0, count: unsafe ftell(file))
    unsafe rewind(file)
    let read = unsafe bytes.withUnsafeMutableBytes {
      unsafe fread($0.baseAddress, 1, $0.count, file)
    }
    try #require(read == bytes.count)
    return bytes
  }

  static func run(_ words: [String]) throws -> Int32 {
    var process = pid_t()
    var arguments: [UnsafeMutablePointer<CChar>?] = unsafe words.map { unsafe strdup($0) } + [nil]
    defer { unsafe arguments.forEach { unsafe free($0) } }
    let started = unsafe posix_spawnp(&process, words[0], nil, nil, &arguments, environ)
    try #require(started == 0)
    var status: Int32 = 0
    unsafe waitpid(process, &status, 0)
    return status
  }
}
