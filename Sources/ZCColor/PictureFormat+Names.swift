extension PictureFormat {
  /// A format by FFmpeg's name: the JPEG ones, which are of full range, too.
  package init?(named name: String) {
    self.init(rawValue: name.hasPrefix("yuvj") ? "yuv" + name.dropFirst(4) : name)
  }

  /// FFmpeg's name says that the range is full.
  package static func isFullRange(named name: String) -> Bool { name.hasPrefix("yuvj") }

  /// FFmpeg's name is of red, green and blue.
  package static func isRGB(named name: String) -> Bool {
    ["rgb", "bgr", "gbr"].contains { name.contains($0) }
  }

  /// The format to have a picture of another one converted to: as many samples of chroma, and as
  /// many bits, as can be had.
  package static func standIn(forNamed name: String) -> PictureFormat {
    func has(_ prefixes: String...) -> Bool { prefixes.contains { name.hasPrefix($0) } }
    let isDeep = name.hasSuffix("le") || name.hasSuffix("be")
    if has("nv21") { return .nv12 }
    // Not P012, which FFmpeg 5.1 does not know.
    if has("p016") { return .yuv420p12 }
    if has("p210", "p216", "y210", "y212", "nv20") { return .yuv422p12 }
    if has("p410", "p416", "xv30", "xv36", "y41") { return .yuv444p12 }
    if has("nv16", "yuyv", "yvyu", "uyvy") { return .yuv422p }
    if has("nv24", "nv42", "vuyx") { return .yuv444p }
    if has("uyyvyy411") { return .yuv411p }
    if has("yuva420") { return isDeep ? .yuva420p10 : .yuva420p }
    if has("yuva422") { return isDeep ? .yuva422p12 : .yuva422p }
    if has("yuva444", "ayuv", "vuya") { return isDeep ? .yuva444p12 : .yuva444p }
    if has("yuv420") { return isDeep ? .yuv420p12 : .yuv420p }
    if has("yuv422") { return isDeep ? .yuv422p12 : .yuv422p }
    if has("yuv440") { return isDeep ? .yuv440p12 : .yuv440p }
    if has("yuv") { return isDeep ? .yuv444p12 : .yuv444p }
    if has("ya16", "gbrap", "rgba", "bgra", "argb", "abgr") { return isDeep ? .rgba64 : .rgba }
    if has("gray") { return isDeep ? .gray16 : .gray }
    if has("mono") { return .gray }
    if has("gbr", "rgb48", "bgr48", "bayer", "xyz", "x2rgb", "x2bgr") {
      return isDeep ? .rgb48 : .rgb24
    }
    if has("rgb", "bgr", "0rgb", "0bgr") { return .rgb24 }
    return .rgba
  }
}
