import ZCCore

/// Functions in the words of messages.
extension SizeFunction {
  /// Those that sizes are made of.
  static let usual = "floor, ceil, round, abs, min, max, clamp, pow, sqrt, log2, mod, if"

  /// The function whose name is nearest, as a hint.
  static func guess(_ name: String) -> String? {
    NearestName.of(name, among: allCases.map(\.rawValue)).map { "did you mean '\($0)'?" }
  }

  /// How many arguments it takes.
  var takes: String {
    let (least, most) = (arity.lowerBound, arity.upperBound)
    if most == 0 { return "no arguments" }
    let plural = least == 1 ? "" : "s"
    return most > least ? "at least \(least) argument\(plural)" : "\(least) argument\(plural)"
  }
}
