import ZCColor
import ZCCore

extension ColorDescription {
  /// The colour that a picture of FFmpeg's format is shown with, and what of it is guessed. Names
  /// where there are some, else the numbers of ITU-T H.273; null for what is not said and not needed.
  func report(ofFormat name: String, width: Int, height: Int) -> JSONText {
    let format = PictureFormat(named: name) ?? .standIn(forNamed: name)
    let shown = PictureColor(
      self, format, isFullByName: PictureFormat.isFullRange(named: name), width: width,
      height: height)
    let matrixName: JSONText =
      format.isGray ? .null : .string(format.isYCbCr ? shown.matrix.rawValue : "rgb")
    return .object([
      ("matrix", matrix == 2 || !format.isYCbCr ? matrixName : Self.named(matrix, Self.matrices)),
      ("primaries", Self.named(primaries, Self.primariesNames)),
      ("transfer", Self.named(transfer, Self.transfers)),
      ("range", .string(shown.isFullRange ? "full" : "limited")),
      ("siting", format.sharesChroma ? .string("\(shown.siting)") : .null),
      ("hdr", .optional(hdr)), ("guessed", .array(shown.guesses.map { .string($0) })),
    ])
  }

  private static func named(_ code: Int, _ names: [Int: String]) -> JSONText {
    code == 2 ? .null : .string(names[code] ?? "\(code)")
  }

  private static let matrices = [
    0: "rgb", 1: "bt709", 4: "fcc", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 8: "ycgco",
    9: "bt2020nc", 10: "bt2020c", 14: "ictcp",
  ]
  private static let primariesNames = [
    1: "bt709", 4: "bt470m", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 8: "film", 9: "bt2020",
    10: "smpte428", 11: "smpte431", 12: "smpte432",
  ]
  private static let transfers = [
    1: "bt709", 4: "gamma22", 5: "gamma28", 6: "smpte170m", 7: "smpte240m", 8: "linear",
    13: "iec61966-2-1", 14: "bt2020-10", 15: "bt2020-12", 16: "smpte2084", 18: "arib-std-b67",
  ]
}
