package import ZCCore

extension Video {
  /// What people are told of a video.
  package var report: JSONText {
    let upright = stream.uprightSize
    return .object(
      [
        ("path", path.report), ("format", .string(format)),
        ("explanation", .string(road.explanation)),
        ("stream", .integer(stream.index)), ("width", .integer(upright.width)),
        ("height", .integer(upright.height)), ("streams", .array(streams.map(\.report))),
      ] + road.report)
  }
}

extension StreamDescription {
  var report: JSONText {
    var members: [(String, JSONText)] = [
      ("kind", .string(kind.rawValue)), ("codec", .string(codec)),
      ("start", .optional(start.map { timeBase.times($0) })),
      ("duration", .optional(duration.map { timeBase.times($0) })),
      ("time_base", timeBase.report),
    ]
    switch kind {
    case .video:
      members += [
        ("width", .integer(width)), ("height", .integer(height)),
        ("pixel_format", .string(pixelFormat)), ("frame_rate", frameRate.report),
        ("sample_aspect", sampleAspect.report), ("rotation", .integer(turn)),
        ("mirrored", .bool(isMirrored)), ("still", .bool(isStill)),
        ("color", color.report(ofFormat: pixelFormat, width: width, height: height)),
      ]
    case .audio:
      members += [("sample_rate", .integer(sampleRate)), ("channels", .integer(channels))]
    case .other: break
    }
    return .object(members)
  }
}

extension VideoFrameFacts {
  /// What is beside numbers.
  package var report: JSONText {
    .object([
      ("pixel_format", .string(pixelFormat)), ("sample_aspect", sampleAspect.report),
      ("rotation", .integer(turn)), ("mirrored", .bool(isMirrored)),
      ("top_first", .bool(isTopFirst)),
      ("color", color.report(ofFormat: pixelFormat, width: width, height: height)),
    ])
  }
}
