package import ZCCore

/// Textures of a pool that are alike: of one size, in use for one thing, held by the same roles.
package struct Holding: Hashable, Sendable {
  package let extent: Extent
  package let format: PixelFormat
  package let use: Holder.Use
  package let label: String?
  package let roles: [Role: UInt32]
  package fileprivate(set) var count = 1

  /// Nil for what has yet to be made.
  init?(_ holder: Holder) {
    guard let record = holder.record else { return nil }
    extent = record.picture
    format = record.format
    use = holder.use
    label = holder.label
    roles = holder.roles
  }

  /// Of all of them together.
  package var bytes: Int { extent.pixelCount * format.bytesPerPixel * count }

  /// Alike ones together, the largest in bytes first.
  static func grouped(_ single: [Holding]) -> [Holding] {
    var counts: [Holding: Int] = [:]
    for holding in single { counts[holding, default: 0] += 1 }
    return counts.map { holding, count in
      var holding = holding
      holding.count = count
      return holding
    }.sorted { (-$0.bytes, $0.words) < (-$1.bytes, $1.words) }
  }

  /// "3 frames of 64 x 32 uint8 'preview', 24576 bytes, presenter".
  package var words: String {
    let name = label.map { " '\($0)'" } ?? ""
    let held = roleNames.map { $0.1 == 1 ? $0.0 : "\($0.1) x \($0.0)" }
    return "\(count) \(use.rawValue)\(count == 1 ? "" : "s") of \(extent.width) x \(extent.height) "
      + (["\(format.elementName)\(name)", "\(bytes) bytes"] + held).joined(separator: ", ")
  }

  private var roleNames: [(String, UInt32)] {
    Role.allCases.compactMap { role in roles[role].map { ("\(role)", $0) } }
  }

  package var report: JSONText {
    .object([
      ("width", .integer(Int(extent.width))), ("height", .integer(Int(extent.height))),
      ("dtype", .string(format.elementName)), ("count", .integer(count)),
      ("bytes", .integer(bytes)), ("use", .string(use.rawValue)), ("label", .optional(label)),
      ("roles", .object(roleNames.map { ($0.0, .integer(Int($0.1))) })),
    ])
  }
}
