import Testing
import ZCISF

private func value(_ text: String) throws -> Double {
  try SizeExpression(parsing: text).value { _ in nil }
}

@Suite("the functions of size expressions")
struct SizeFunctionTests {
  @Test(
    "arithmetic has names",
    arguments: [
      ("add(1, 2)", 3), ("subtract(1, 2)", -1), ("multiply(3, 4)", 12), ("divide(3, 4)", 0.75),
      ("mod(17, 5)", 2), ("modulo(-7, 3)", -1), ("negate(3)", -3), ("percent(50)", 0.5),
      ("abs(-4)", 4), ("sgn(-9)", -1), ("sgn(0)", 0), ("factorial(5)", 120), ("factorial2(6)", 48),
      ("factorial(170) / factorial(169)", 170), ("floor(2.7)", 2), ("ceil(2.1)", 3),
      ("round(2.5)", 3), ("round(-2.5)", -3), ("trunc(-2.7)", -2), ("frac(2.75)", 0.75),
      ("roundn(1.2345678, 4)", 1.2346), ("clamp(9, 1, 4)", 4), ("clamp(1, 9, 4)", 4),
      ("clamp(0, 1, 4)", 1), ("clamp(1, 0, 4)", 1), ("inrange(1, 2, 3)", 1),
      ("inrange(3, 2, 1)", 0),
      ("max(floor(640*0.02),1.0)", 12), ("FLOOR(2.5)", 2), ("Max(1, 2)", 2),
    ])
  func arithmetic(text: String, expected: Double) throws {
    #expect(abs(try value(text) - expected) < 1e-12)
  }

  @Test(
    "lists have their sums and middles",
    arguments: [
      ("min(3, 1, 2)", 1), ("max(-3, -1, -2)", -1), ("sum(1, 2, 3)", 6), ("∑(1, 2)", 3),
      ("product(2, 3, 4)", 24), ("mul(2, 3)", 6), ("count(5, 6, 7)", 3), ("count()", 0),
      ("average(1, 2, 6)", 3), ("avg(1, 2)", 1.5), ("mean(4)", 4), ("median(9, 1, 5)", 5),
      ("median(9, 1, 5, 4)", 4.5), ("stddev(2, 4, 4, 4, 5, 5, 7, 9)", 2),
    ])
  func lists(text: String, expected: Double) throws {
    #expect(abs(try value(text) - expected) < 1e-12)
  }

  // Worked out with Python's math module.
  @Test(
    "powers, logarithms and angles are those of mathematics; log is of base 10",
    arguments: [
      ("pow(2, 10)", 1024), ("sqrt(16)", 4), ("cuberoot(-27)", -3), ("nthroot(-32, 5)", -2),
      ("root(16, 4)", 2), ("hypot(3, 4)", 5), ("exp(1)", 2.718281828459045),
      ("expm1(1)", 1.718281828459045), ("log(1000)", 3), ("log10(1000)", 3), ("ln(e)", 1),
      ("log1p(1)", 0.6931471805599453), ("log2(8)", 3), ("logn(81, 3)", 4),
      ("erf(0.5)", 0.5204998778130465), ("erfc(0.5)", 0.4795001221869535),
      ("sin(1)", 0.8414709848078965), ("cos(1)", 0.5403023058681398),
      ("tan(1)", 1.5574077246549023),
      ("asin(1)", 1.5707963267948966), ("acos(0)", 1.5707963267948966),
      ("atan(1)", 0.7853981633974483), ("atan2(1, -1)", 2.356194490192345),
      ("csc(1)", 1.1883951057781212), ("sec(1)", 1.8508157176809255),
      ("cotan(1)", 0.6420926159343306),
      ("acsc(2)", 0.5235987755982989), ("asec(2)", 1.0471975511965979),
      ("acotan(2)", 0.46364760900080615), ("sinh(1)", 1.1752011936438014),
      ("cosh(1)", 1.5430806348152437), ("tanh(1)", 0.7615941559557649),
      ("asinh(1)", 0.881373587019543), ("acosh(2)", 1.3169578969248166),
      ("atanh(0.5)", 0.5493061443340548), ("csch(1)", 0.8509181282393216),
      ("sech(1)", 0.6480542736638855), ("cotanh(1)", 1.3130352854993315),
      ("acsch(2)", 0.48121182505960347), ("asech(0.5)", 1.3169578969248166),
      ("acotanh(2)", 0.5493061443340548), ("versin(1)", 0.45969769413186023),
      ("vercosin(1)", 1.5403023058681398), ("coversin(1)", 0.1585290151921035),
      ("covercosin(1)", 1.8414709848078965), ("haversin(1)", 0.22984884706593012),
      ("havercosin(1)", 0.7701511529340699), ("hacoversin(1)", 0.07926450759605175),
      ("hacovercosin(1)", 0.9207354924039483), ("exsec(1)", 0.8508157176809255),
      ("excsc(1)", 0.18839510577812116), ("crd(1)", 0.958851077208406),
      ("dtor(180)", 3.141592653589793), ("rtod(pi)", 180),
    ])
  func analysis(text: String, expected: Double) throws {
    #expect(abs(try value(text) - expected) < 1e-12)
  }

  @Test(
    "bits, truth and choices",
    arguments: [
      ("and(12, 10)", 8), ("or(12, 10)", 14), ("xor(12, 10)", 6), ("lshift(3, 2)", 12),
      ("rshift(13, 2)", 3), ("not(0)", 1), ("not(7)", 0), ("l_and(2, 4)", 1), ("l_or(0, 0)", 0),
      ("l_not(1)", 0), ("l_eq(1, 1)", 1), ("l_neq(1, 1)", 0), ("l_lt(1, 2)", 1), ("l_gt(1, 2)", 0),
      ("l_ltoe(2, 2)", 1), ("l_gtoe(1, 2)", 0), ("if(1 < 2, 5, 6)", 5), ("l_if(0, 5, 6)", 6),
      ("true", 1), ("no", 0), ("yes() + false()", 1),
    ])
  func truth(text: String, expected: Double) throws {
    #expect(try value(text) == expected)
  }

  @Test(
    "constants need no parentheses",
    arguments: [
      ("pi", 3.141592653589793), ("π", 3.141592653589793), ("tau_2()", 3.141592653589793),
      ("pi_2", 1.5707963267948966), ("pi_4", 0.7853981633974483), ("tau", 6.283185307179586),
      ("phi", 1.618033988749895), ("φ", 1.618033988749895), ("e", 2.718281828459045),
      ("sqrt2", 1.4142135623730951), ("log2e", 1.4426950408889634),
      ("log10e", 0.4342944819032518), ("ln2", 0.6931471805599453), ("ln10", 2.302585092994046),
      ("E", 2.718281828459045),
    ])
  func constants(text: String, expected: Double) throws {
    #expect(abs(try value(text) - expected) < 1e-15)
  }

  @Test(
    "what has no value is not a number, and what is too large is infinite",
    arguments: [
      ("0/0", false), ("sqrt(-1)", false), ("1/0", true), ("factorial(1e300)", true),
      ("171!", true), ("factorial2(1e300)", true), ("factorial2(2.5)", false), ("acos(2)", false),
      ("and(1e300, 1)", false), ("lshift(1, 64)", false), ("rshift(1, -1)", false),
      ("or(1/0, 1)", false),
      ("median(1, 0/0)", false), ("10**10**10", true), ("if(0/0, 1/0, 0/0)", true),
    ])
  func extremes(text: String, isInfinite: Bool) throws {
    #expect(try value(text).isFinite == false)
    #expect(try value(text).isInfinite == isInfinite)
  }
}
