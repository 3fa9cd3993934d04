import Testing
import ZCISF

/// A size's value where WIDTH is 640, HEIGHT is 360 and the inputs are few.
private func value(_ text: String) throws -> Double {
  let variables = ["WIDTH": 640.0, "HEIGHT": 360, "width": 7, "quality": 0.25]
  return try SizeExpression(parsing: text).value { variables[$0] }
}

@Suite("size expressions")
struct SizeExpressionTests {
  @Test(
    "numbers are read as authors write them",
    arguments: [("512", 512), ("1e3", 1000), (".5", 0.5), ("5.", 5), ("2.5e-1", 0.25)])
  func numbers(text: String, expected: Double) throws {
    #expect(try value(text) == expected)
  }

  @Test(
    "arithmetic binds as usual",
    arguments: [
      ("1+2*3", 7), ("(1+2)*3", 9), ("10-4-3", 3), ("2*-3", -6), ("--4", 4), ("+5", 5),
      ("17 % 5", 2), ("12/4/3", 1), ("-2*3+1", -5), (" 1\t+\n1 ", 2),
    ])
  func arithmetic(text: String, expected: Double) throws {
    #expect(try value(text) == expected)
  }

  @Test(
    "functions are called by their usual names",
    arguments: [
      ("floor(2.7)", 2), ("ceil(2.1)", 3), ("round(2.5)", 3), ("abs(-4)", 4), ("sqrt(16)", 4),
      ("pow(2, 10)", 1024), ("min(3, 1, 2)", 1), ("max(3, 1, 2)", 3), ("mod(17, 5)", 2),
      ("sin(0)", 0), ("cos(0)", 1), ("tan(0)", 0), ("exp(0)", 1), ("log(1)", 0),
      ("log2(8)", 3), ("log10(1000)", 3), ("clamp(9, 1, 4)", 4), ("trunc(-2.7)", -2),
      ("max(floor($WIDTH*0.02),1.0)", 12), ("floor($HEIGHT*min((0.2),1.0))", 72),
    ])
  func functions(text: String, expected: Double) throws {
    #expect(abs(try value(text) - expected) < 1e-12)
  }

  @Test("an input named width is not the render width")
  func variables() throws {
    #expect(try value("$WIDTH / 2 + $width") == 327)
    #expect(try SizeExpression(parsing: "$b + $a * $b").variables == ["b", "a"])
  }

  @Test("an unknown variable is not a number")
  func unknown() throws {
    #expect(try value("$nothing").isNaN)
  }

  @Test("a constant keeps its text without a useless fraction")
  func constant() {
    #expect(SizeExpression(constant: 512).text == "512")
    #expect(SizeExpression(constant: 0.5).text == "0.5")
    #expect(SizeExpression(constant: 512).value { _ in nil } == 512)
  }

  @Test(
    "an error knows its place",
    arguments: [
      ("", 0, "expected a number, found the end"),
      ("1 +", 3, "expected a number, found the end"),
      ("1 2", 2, "expected an operator, found '2'"),
      ("(1", 2, "expected ')', found the end"),
      ("$ + 1", 0, "expected a name after '$'"),
      ("1 + WIDTH", 4, "expected a number, found 'WIDTH'; an input's value is written $WIDTH"),
      ("pow(1)", 0, "'pow' takes 2 arguments, not 1"),
      ("floor(1, 2)", 0, "'floor' takes 1 argument, not 2"),
      ("floor 1", 6, "expected '(' after 'floor', found '1'"),
      ("1 + é", 4, "expected a number, found 'é'"),
      ("1e", 0, "expected a number, found '1'"),
    ])
  func errors(text: String, offset: Int, message: String) {
    let error = #expect(throws: SizeExpression.Malformed.self) {
      try SizeExpression(parsing: text)
    }
    #expect(error?.offset == offset)
    #expect(error?.message == message)
  }

  @Test("an unknown function is refused with those there are")
  func unknownFunction() {
    let error = #expect(throws: SizeExpression.Malformed.self) {
      try SizeExpression(parsing: "1 + wobble(2)")
    }
    #expect(error?.offset == 4)
    #expect(error?.message.hasPrefix("no function 'wobble'; there are abs, ") == true)
  }

  @Test("nesting is bounded, length is not", arguments: ["(", "-", "floor("])
  func depth(opening: String) throws {
    #expect(throws: SizeExpression.Malformed.self) {
      try SizeExpression(parsing: String(repeating: opening, count: 100_000) + "1")
    }
    #expect(try value("1" + String(repeating: "+1", count: 100_000)) == 100_001)
  }
}
