internal import Glibc

extension SizeFunction {
  /// The function's value; not a number where it has none. `x` are as many as `arity` says.
  func apply(_ x: ArraySlice<Double>) -> Double {
    guard arity.contains(x.count) else { return .nan }
    guard let a = x.first else { return constant }
    let b = x.dropFirst().first ?? .nan
    let c = x.dropFirst(2).first ?? .nan
    return switch self {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .mod: fmod(a, b)
    case .negate: -a
    case .percent: a / 100
    case .abs: Swift.abs(a)
    case .sgn: a > 0 ? 1 : a < 0 ? -1 : a
    case .factorial: Self.product(upTo: a, step: 1)
    case .factorial2: Self.product(upTo: a, step: 2)
    case .ceil: a.rounded(.up)
    case .floor: a.rounded(.down)
    case .round: a.rounded(.toNearestOrAwayFromZero)
    case .roundn: (a * Glibc.pow(10, b)).rounded(.toNearestOrAwayFromZero) / Glibc.pow(10, b)
    case .trunc: a.rounded(.towardZero)
    case .frac: a - a.rounded(.towardZero)
    // The middle of three: hosts differ in where the number stands between its bounds.
    case .clamp: Swift.max(Swift.min(a, b), Swift.min(Swift.max(a, b), c))
    case .inrange: a <= b && b <= c ? 1 : 0
    case .min: x.reduce(a, Swift.min)
    case .max: x.reduce(a, Swift.max)
    case .sum: x.reduce(0, +)
    case .product: x.reduce(1, *)
    case .count: Double(x.count)
    case .average: Self.mean(x)
    case .median: Self.median(x)
    case .stddev: Self.deviation(x)
    case .and: Self.bits(a, b, &)
    case .or: Self.bits(a, b, |)
    case .xor: Self.bits(a, b, ^)
    case .lshift: (0...62).contains(b) ? Self.bits(a, b, <<) : .nan
    case .rshift: (0...62).contains(b) ? Self.bits(a, b, >>) : .nan
    case .not: a == 0 ? 1 : 0
    case .equal: a == b ? 1 : 0
    case .notEqual: a != b ? 1 : 0
    case .less: a < b ? 1 : 0
    case .greater: a > b ? 1 : 0
    case .lessOrEqual: a <= b ? 1 : 0
    case .greaterOrEqual: a >= b ? 1 : 0
    case .both: a != 0 && b != 0 ? 1 : 0
    case .either: a != 0 || b != 0 ? 1 : 0
    case .choose: a != 0 ? b : c
    default: analytic(a, b)
    }
  }

  private var constant: Double {
    switch self {
    case .yes: 1
    case .no, .count: 0
    case .pi: .pi
    case .pi_2: .pi / 2
    case .pi_4: .pi / 4
    case .tau: 2 * .pi
    case .phi: (1 + 5.0.squareRoot()) / 2
    case .e: M_E
    case .sqrt2: 2.0.squareRoot()
    case .log2e: M_LOG2E
    case .log10e: M_LOG10E
    case .ln2: M_LN2
    case .ln10: M_LN10
    default: .nan
    }
  }

  /// x (x - step) (x - 2 step) …; for any number, where the step is 1, by the gamma function.
  private static func product(upTo x: Double, step: Double) -> Double {
    guard x >= 0, x == x.rounded() else { return step == 1 ? tgamma(x + 1) : .nan }
    // 171! and 301!! are beyond what a Double holds.
    guard x < 302 else { return .infinity }
    var product = 1.0
    var factor = x
    while factor > 1 {
      product *= factor
      factor -= step
    }
    return product
  }

  private static func mean(_ x: ArraySlice<Double>) -> Double {
    x.reduce(0, +) / Double(x.count)
  }

  private static func deviation(_ x: ArraySlice<Double>) -> Double {
    let mean = mean(x)
    return Self.mean(x.map { ($0 - mean) * ($0 - mean) }[...]).squareRoot()
  }

  private static func median(_ x: ArraySlice<Double>) -> Double {
    guard !x.contains(where: \.isNaN) else { return .nan }
    let middle = x.sorted().dropFirst((x.count - 1) / 2).prefix(x.count.isMultiple(of: 2) ? 2 : 1)
    return mean(middle)
  }

  private static func bits(_ a: Double, _ b: Double, _ combine: (Int64, Int64) -> Int64) -> Double {
    guard let a = Int64(exactly: a.rounded(.towardZero)),
      let b = Int64(exactly: b.rounded(.towardZero))
    else { return .nan }
    return Double(combine(a, b))
  }
}
