internal import Glibc

/// The functions a size expression may call, by the names authors write.
enum SizeFunction: String, CaseIterable, Sendable {
  case abs, acos, asin, atan, atan2, ceil, clamp, cos, exp, floor, log, log10, log2, max, min, mod,
    pow, round, sin, sqrt, tan, trunc

  /// How many arguments it takes.
  var arity: ClosedRange<Int> {
    switch self {
    case .min, .max: 1...64
    case .atan2, .mod, .pow: 2...2
    case .clamp: 3...3
    default: 1...1
    }
  }

  /// `log` is the natural logarithm. `arguments` are as many as `arity` says.
  func apply(_ arguments: [Double]) -> Double {
    guard let x = arguments.first, arity.contains(arguments.count) else { return .nan }
    let y = arguments.dropFirst().first ?? .nan
    return switch self {
    case .abs: Swift.abs(x)
    case .acos: Glibc.acos(x)
    case .asin: Glibc.asin(x)
    case .atan: Glibc.atan(x)
    case .atan2: Glibc.atan2(x, y)
    case .ceil: x.rounded(.up)
    case .clamp: Swift.min(Swift.max(x, y), arguments.last ?? .nan)
    case .cos: Glibc.cos(x)
    case .exp: Glibc.exp(x)
    case .floor: x.rounded(.down)
    case .log: Glibc.log(x)
    case .log10: Glibc.log10(x)
    case .log2: Glibc.log2(x)
    case .max: arguments.dropFirst().reduce(x, Swift.max)
    case .min: arguments.dropFirst().reduce(x, Swift.min)
    case .mod: fmod(x, y)
    case .pow: Glibc.pow(x, y)
    case .round: x.rounded(.toNearestOrAwayFromZero)
    case .sin: Glibc.sin(x)
    case .sqrt: x.squareRoot()
    case .tan: Glibc.tan(x)
    case .trunc: x.rounded(.towardZero)
    }
  }
}
