import Testing
import ZCISF

/// A size's value where WIDTH is 640, HEIGHT is 360 and the inputs are few.
private func value(_ text: String) throws -> Double {
  let variables = ["WIDTH": 640.0, "HEIGHT": 360, "width": 7, "quality": 0.25, "e": 5]
  return try SizeExpression(parsing: text).value { variables[$0] }
}

@Suite("size expressions")
struct SizeExpressionTests {
  @Test(
    "numbers are read as authors write them",
    arguments: [
      ("512", 512), ("1e3", 1000), (".5", 0.5), ("5.", 5), ("2.5e-1", 0.25), ("0x1F", 31),
      ("0o17", 15), ("½", 0.5), ("1e308", 1e308),
    ])
  func numbers(text: String, expected: Double) throws {
    #expect(try value(text) == expected)
  }

  @Test(
    "arithmetic binds as usual",
    arguments: [
      ("1+2*3", 7), ("(1+2)*3", 9), ("10-4-3", 3), ("2*-3", -6), ("--4", 4), ("+5", 5),
      ("17 % 5", 2), ("12/4/3", 1), ("-2*3+1", -5), (" 1\t+\n1 ", 2), ("3*5%4", 3), ("6÷2×5−1", 14),
      ("2**3**2", 512), ("-2**2", -4), ("2^-1", 0.5), ("2*3^2", 18), ("3²", 9), ("2⁻¹", 0.5),
      ("2¹⁰", 1024), ("√16+1", 5), ("∛27", 3), ("-√4", -2), ("5!", 120), ("6!!", 48), ("7!!", 105),
      ("0!", 1), ("2**3!", 64), ("180°", 3.141592653589793),
    ])
  func arithmetic(text: String, expected: Double) throws {
    #expect(abs(try value(text) - expected) < 1e-12)
  }

  @Test(
    "a product needs no sign before a name or a parenthesis",
    arguments: [
      ("2$WIDTH", 1280), ("$WIDTH$HEIGHT", 230_400), ("2(3+1)", 8), ("(2)(3)", 6),
      ("2pi", 6.283185307179586), ("2floor(2.5)", 4), ("3+2$width*2", 31), ("2$width²", 98),
      ("2√9", 6), ("1e", 2.718281828459045), ("5!(2)", 240),
    ])
  func implicit(text: String, expected: Double) throws {
    #expect(abs(try value(text) - expected) < 1e-12)
  }

  @Test(
    "comparisons are 1 or 0, and bind less than sums",
    arguments: [
      ("1 < 2", 1), ("2 <= 1", 0), ("1 =< 1", 1), ("3 > 2 + 2", 0), ("2 => 2", 1), ("1 = 1", 1),
      ("1 == 2", 0), ("1 != 2", 1), ("1 <> 1", 0), ("!5", 0), ("!0", 1), ("1 && 0", 0),
      ("1 && 2 || 0", 1), ("0 || 0", 0), ("1 || 0 && 0", 1), ("($WIDTH > $HEIGHT) * 8 + 1", 9),
      ("1 ≤ 1", 1), ("1 ≥ 2", 0), ("1 ≠ 1", 0), ("1 ∧ 0", 0), ("0 ∨ 3", 1), ("3!=4", 1),
      ("3!!=4", 1), ("!$quality == 0", 1), ("¬1", 0),
    ])
  func truth(text: String, expected: Double) throws {
    #expect(try value(text) == expected)
  }

  @Test("an input is not the constant of its name, nor WIDTH that of another case")
  func variables() throws {
    #expect(try value("$WIDTH / 2 + $width") == 327)
    #expect(try value("WIDTH / 2 + width") == 327)
    #expect(try value("$e") == 5)
    #expect(try value("floor(e)") == 2)
    #expect(try SizeExpression(parsing: "$b + $a * $b").variables.map(\.name) == ["b", "a"])
    #expect(try SizeExpression(parsing: "1 + a").variables.first?.offset == 4)
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
      ("$a 2", 3, "expected an operator, found '2'"),
      ("(1", 2, "expected ')', found the end"),
      ("$ + 1", 0, "expected a name after '$'"),
      ("pow(1)", 0, "'pow' takes 2 arguments, not 1"),
      ("floor(1, 2)", 0, "'floor' takes 1 argument, not 2"),
      ("median(1)", 0, "'median' takes at least 2 arguments, not 1"),
      ("max()", 0, "'max' takes at least 1 argument, not 0"),
      ("1 + pi(3)", 4, "'pi' takes no arguments, not 1"),
      ("floor 1", 6, "expected '(' after 'floor', found '1'"),
      ("1 + é", 4, "expected a number, found 'é'"),
      ("1 + wobble(2)", 4, "no function 'wobble'"),
      ("1 / 2$a", 5, "expected an operator, found '$a'"),
      ("7 % 2(3)", 5, "expected an operator, found '('"),
      ("1 & 2", 2, "hosts differ in what '&' means here"),
      ("1 << 2", 2, "hosts differ in what '<<' means here"),
      ("0x", 0, "no number of base 16: '0x'"),
      ("0xFFFFFFFFFFFFFFFFF", 0, "no number of base 16: '0xFFFFFFFFFFFFFFFFF'"),
      (".", 0, "expected a number, found '.'"),
      ("2⁻", 1, "expected a power, found '⁻'"),
      ("²", 0, "expected a number, found a power"),
      ("random(3)", 0, "a size cannot be random: the same frame would differ each time"),
      ("max(1, 2", 8, "expected ',' or ')', found the end"),
      ("1, 2", 1, "expected an operator, found ','"),
    ])
  func errors(text: String, offset: Int, message: String) {
    let error = #expect(throws: SizeExpression.Malformed.self) {
      try SizeExpression(parsing: text)
    }
    #expect(error?.offset == offset)
    #expect(error?.message == message)
  }

  @Test(
    "nesting is bounded", arguments: ["(", "-", "floor(", "2**", "!", "√", "2("])
  func depth(opening: String) throws {
    #expect(throws: SizeExpression.Malformed.self) {
      try SizeExpression(parsing: String(repeating: opening, count: 100_000) + "1")
    }
  }

  @Test("length is not bounded")
  func length() throws {
    #expect(try value("1" + String(repeating: "+1", count: 10_000)) == 10_001)
    #expect(try value("max(1" + String(repeating: ",1", count: 10_000) + ")") == 1)
  }
}
