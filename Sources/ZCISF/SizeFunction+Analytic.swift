internal import Glibc

extension SizeFunction {
  /// Powers, logarithms and angles. `log` is that of base 10, as in DDMathParser.
  func analytic(_ a: Double, _ b: Double) -> Double {
    switch self {
    case .pow: Glibc.pow(a, b)
    case .sqrt: a.squareRoot()
    case .cuberoot: cbrt(a)
    case .nthroot: a < 0 && fmod(b, 2) == 1 ? -Glibc.pow(-a, 1 / b) : Glibc.pow(a, 1 / b)
    case .hypot: Glibc.hypot(a, b)
    case .exp: Glibc.exp(a)
    case .expm1: Glibc.expm1(a)
    case .log, .log10: Glibc.log10(a)
    case .ln: Glibc.log(a)
    case .log1p: Glibc.log1p(a)
    case .log2: Glibc.log2(a)
    case .logn: Glibc.log(a) / Glibc.log(b)
    case .erf: Glibc.erf(a)
    case .erfc: Glibc.erfc(a)
    case .sin: Glibc.sin(a)
    case .cos: Glibc.cos(a)
    case .tan: Glibc.tan(a)
    case .asin: Glibc.asin(a)
    case .acos: Glibc.acos(a)
    case .atan: Glibc.atan(a)
    case .atan2: Glibc.atan2(a, b)
    case .csc: 1 / Glibc.sin(a)
    case .sec: 1 / Glibc.cos(a)
    case .cotan: 1 / Glibc.tan(a)
    case .acsc: Glibc.asin(1 / a)
    case .asec: Glibc.acos(1 / a)
    case .acotan: Glibc.atan(1 / a)
    case .sinh: Glibc.sinh(a)
    case .cosh: Glibc.cosh(a)
    case .tanh: Glibc.tanh(a)
    case .asinh: Glibc.asinh(a)
    case .acosh: Glibc.acosh(a)
    case .atanh: Glibc.atanh(a)
    case .csch: 1 / Glibc.sinh(a)
    case .sech: 1 / Glibc.cosh(a)
    case .cotanh: 1 / Glibc.tanh(a)
    case .acsch: Glibc.asinh(1 / a)
    case .asech: Glibc.acosh(1 / a)
    case .acotanh: Glibc.atanh(1 / a)
    case .versin: 1 - Glibc.cos(a)
    case .vercosin: 1 + Glibc.cos(a)
    case .coversin: 1 - Glibc.sin(a)
    case .covercosin: 1 + Glibc.sin(a)
    case .haversin: (1 - Glibc.cos(a)) / 2
    case .havercosin: (1 + Glibc.cos(a)) / 2
    case .hacoversin: (1 - Glibc.sin(a)) / 2
    case .hacovercosin: (1 + Glibc.sin(a)) / 2
    case .exsec: 1 / Glibc.cos(a) - 1
    case .excsc: 1 / Glibc.sin(a) - 1
    case .crd: 2 * Glibc.sin(a / 2)
    case .dtor: a / 180 * .pi
    case .rtod: a / .pi * 180
    default: .nan
    }
  }
}
