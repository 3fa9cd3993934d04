import ZCCore
import ZCISF

/// How large each pass of one frame is. Pure: from the description, the output's size and the
/// inputs' values.
struct PassPlan: Hashable, Sendable {
  /// One for each pass, in order.
  let extents: [Extent]

  /// - Throws: `badSize` naming the pass and its expression.
  init(
    _ passes: [PassDescription], output: Extent, limit: Int32, variable: (String) -> Double?
  ) throws(ZCError) {
    var extents: [Extent] = []
    for (index, pass) in passes.enumerated() {
      guard pass.target != nil, pass.width != nil || pass.height != nil else {
        extents.append(output)
        continue
      }
      func side(_ expression: SizeExpression?, _ name: String, _ whole: Int32)
        throws(ZCError) -> Int64
      {
        guard let expression else { return Int64(whole) }
        let value = expression.value { name in
          switch name {
          case "WIDTH": Double(output.width)
          case "HEIGHT": Double(output.height)
          default: variable(name)
          }
        }
        // Fractions round up, and nothing is smaller than a pixel. 100 * 0.55 is 55, though its
        // last binary digit is not.
        guard value.isFinite, value <= Double(limit) || !Guards.keep(.sizes) else {
          throw .badSize(
            "pass \(index) (TARGET \"\(pass.target ?? "")\"): \(name) \"\(expression.text)\" is "
              + "\(value.isNaN ? "no number" : "\(value)"); a side is 1 to \(limit) pixels on this driver"
          )
        }
        let whole = value.rounded()
        let isWhole = abs(value - whole) <= 1e-12 * abs(value)
        return Int64(Swift.max(1, isWhole ? whole : value.rounded(.up)))
      }
      extents.append(
        try Extent(
          width: try side(pass.width, "WIDTH", output.width),
          height: try side(pass.height, "HEIGHT", output.height), limit: limit,
          of: "pass \(index)"))
    }
    self.extents = extents
  }
}
