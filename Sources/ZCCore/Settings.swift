import CFlight
import Glibc

/// What the environment asks for. Read once, here.
package struct Settings: Sendable {
  /// `ZCGPU_LIBEGL`: the EGL library to open instead of the system's, ANGLE's say.
  package let eglLibrary: String
  /// `ZCGPU_LIBAV`: the folder of the FFmpeg libraries to open instead of the system's.
  package let mediaFolder: String?
  /// `ZCGPU_FLIGHT_RECORDER`: the file to record to from the first context on.
  package let flightRecorder: String?
  /// `ZCGPU_LOG`: what to tell the log.
  package let log: String?
  /// `ZCGPU_VIDEO_CONVERT`: where pictures of a video become RGB; nil is the shader, but on drivers
  /// that rasterise on the CPU.
  package let videoConversion: VideoConversion?
  /// `ZCGPU_DEBUG`: where each handle was acquired is kept; "0" is off.
  package let isDebugging: Bool
  /// `ZCGPU_PIPELINE`: defaults of pipelines and decoders, `latency=0.05,ahead=8` say.
  package let pipeline: String?

  /// The environment of this process, as it was on first use.
  package static let environment = Settings(
    eglLibrary: Settings.variable("ZCGPU_LIBEGL") ?? "libEGL.so.1",
    mediaFolder: Settings.variable("ZCGPU_LIBAV"),
    flightRecorder: Settings.variable("ZCGPU_FLIGHT_RECORDER"),
    log: Settings.variable("ZCGPU_LOG"),
    videoConversion: Settings.variable("ZCGPU_VIDEO_CONVERT").flatMap {
      VideoConversion(rawValue: $0)
    },
    isDebugging: Settings.variable("ZCGPU_DEBUG").map { $0 != "0" } ?? false,
    pipeline: Settings.variable("ZCGPU_PIPELINE"))

  package enum VideoConversion: String, CaseIterable, Sendable { case cpu, shader }

  static func variable(_ name: String) -> String? {
    // getenv's string lives until the environment changes; it is copied at once.
    guard let value = unsafe getenv(name), unsafe value.pointee != 0 else { return nil }
    return unsafe String(cString: value)
  }
}
