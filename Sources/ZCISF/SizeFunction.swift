/// What a size expression may call, by the names authors write: DDMathParser's functions, constants
/// and operators, which ISF's text names, and those of ExprTk, which VVISF uses, that mean the same
/// everywhere.
enum SizeFunction: String, CaseIterable, Sendable {
  // Arithmetic.
  case add, subtract, multiply, divide, mod, negate, percent, abs, sgn
  case factorial, factorial2
  case pow, sqrt, cuberoot, nthroot, hypot, exp, expm1, log, log10, ln, log1p, log2, logn
  case ceil, floor, round, roundn, trunc, frac, clamp, inrange
  case min, max, sum, product, count, average, median, stddev
  case erf, erfc
  // Angles, in radians.
  case sin, cos, tan, asin, acos, atan, atan2
  case csc, sec, cotan, acsc, asec, acotan
  case sinh, cosh, tanh, asinh, acosh, atanh
  case csch, sech, cotanh, acsch, asech, acotanh
  case versin, vercosin, coversin, covercosin, haversin, havercosin, hacoversin, hacovercosin
  case exsec, excsc, crd, dtor, rtod
  // Bits.
  case and, or, xor, lshift, rshift
  // Truth: 1 or 0.
  case not
  case equal = "l_eq"
  case notEqual = "l_neq"
  case less = "l_lt"
  case greater = "l_gt"
  case lessOrEqual = "l_ltoe"
  case greaterOrEqual = "l_gtoe"
  case both = "l_and"
  case either = "l_or"
  case choose = "if"
  // Constants.
  case yes = "true"
  case no = "false"
  case pi, pi_2, pi_4, tau, phi, e, sqrt2, log2e, log10e, ln2, ln10

  private static let otherNames: [String: SizeFunction] = [
    "modulo": .mod, "root": .nthroot, "mul": .product, "∑": .sum, "∏": .product,
    "avg": .average, "mean": .average, "cot": .cotan, "deg2rad": .dtor, "rad2deg": .rtod,
    "vers": .versin, "ver": .versin, "vercos": .vercosin, "cvs": .coversin, "chord": .crd,
    "l_not": .not, "l_if": .choose, "yes": .yes, "no": .no,
    "π": .pi, "tau_2": .pi, "tau_4": .pi_2, "tau_8": .pi_4, "τ": .tau, "ϕ": .phi, "φ": .phi,
  ]

  /// The function of that name, in any case.
  init?(named name: String) {
    let name = name.lowercased()
    guard let function = Self(rawValue: name) ?? Self.otherNames[name] else { return nil }
    self = function
  }

  /// How many arguments it takes.
  var arity: ClosedRange<Int> {
    switch self {
    case .yes, .no, .pi, .pi_2, .pi_4, .tau, .phi, .e, .sqrt2, .log2e, .log10e, .ln2, .ln10:
      0...0
    case .count: 0...Int.max
    case .min, .max, .sum, .product, .average: 1...Int.max
    case .median, .stddev: 2...Int.max
    case .add, .subtract, .multiply, .divide, .mod, .pow, .nthroot, .hypot, .logn, .roundn, .atan2,
      .and, .or, .xor, .lshift, .rshift, .equal, .notEqual, .less, .greater, .lessOrEqual,
      .greaterOrEqual, .both, .either:
      2...2
    case .clamp, .inrange, .choose: 3...3
    default: 1...1
    }
  }
}
