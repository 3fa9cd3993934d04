import Glibc
import ZCCore

/// Why video cannot be had on this machine: what was looked for, what there is, what to do.
struct MissingMedia {
  /// One for each of our libraries: why it could not open FFmpeg.
  let reasons: [String]
  /// Where our libraries were looked for.
  let shims: String
  /// Where FFmpeg was looked for, if not where the loader looks.
  let ffmpeg: String?

  var error: ZCError {
    guard !reasons.isEmpty else {
      return .library(
        "this zcgpu was built without video: there is no libzcav*.so in \(shims)\n"
          + "  build it where FFmpeg's headers are "
          + "(Debian: apt-get install libavformat-dev libswscale-dev)")
    }
    let known = MediaShim.all(in: shims).map(\.major)
    var lines = ["FFmpeg's libraries cannot be opened"]
    lines += reasons
    let strangers = installed.filter { !known.contains($0) }
    if !strangers.isEmpty {
      let names = strangers.map { "libavcodec.so.\($0)" }.joined(separator: ", ")
      lines.append("\(names) is there, but this build knows \(Self.words(known)) alone")
    }
    lines.append(advice(known))
    return .library(lines.joined(separator: "\n  "))
  }

  private func advice(_ known: [Int]) -> String {
    if let ffmpeg {
      return "ZCGPU_LIBAV names \(ffmpeg); unset it, or name the folder of FFmpeg's libraries"
    }
    let packages = known.compactMap { Self.packages[$0] }.first
    let install = packages.map { " (\($0))" } ?? ""
    return "install FFmpeg \(Self.words(known))\(install), "
      + "or name the folder of its libraries in ZCGPU_LIBAV"
  }

  /// The majors of libavcodec where we looked.
  private var installed: [Int] {
    let folders = ffmpeg.map { [$0] } ?? Self.systemFolders
    let names = folders.flatMap { Folder.names(in: $0) }
    return Set(names.compactMap { Folder.number(in: $0, after: "libavcodec.so.", before: "") })
      .sorted()
  }

  private static let systemFolders = [
    "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib",
    "/usr/local/lib64", "/usr/local/lib",
  ]

  private static let packages = [
    59: "Debian 12: apt-get install libavformat59 libswscale6",
    60: "Ubuntu 24.04: apt-get install libavformat60 libswscale7",
    61: "Debian 13: apt-get install libavformat61 libswscale8",
  ]

  private static let versions = [59: "5.1", 60: "6", 61: "7", 62: "8"]

  private static func words(_ majors: [Int]) -> String {
    majors.map { "\(versions[$0] ?? "?") (libavcodec \($0))" }.joined(separator: " or ")
  }
}
