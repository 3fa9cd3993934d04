/// How a decoded picture lies in memory, by FFmpeg's name for it (`AVPixelFormat`).
package enum PictureFormat: String, CaseIterable, Hashable, Sendable {
  case nv12
  case p010 = "p010le"
  case yuv420p
  case yuv422p
  case yuv444p
  case yuv420p10 = "yuv420p10le"
  case yuv422p10 = "yuv422p10le"
  case yuv444p10 = "yuv444p10le"
  case gray
  case gray10 = "gray10le"
  case rgb24
  case bgr24
  case rgba
  case bgra
  case argb
  case abgr
  case rgb0
  case bgr0
  case gbrp
}
