import Testing
import ZCCore
import ZCISF

@Suite("passes")
struct PassTests {
  private static let inputs = """
    "INPUTS": [{"NAME": "f", "TYPE": "float"}, {"NAME": "l", "TYPE": "long"},
    {"NAME": "b", "TYPE": "bool"}, {"NAME": "e", "TYPE": "event"},
    {"NAME": "p", "TYPE": "point2D"}, {"NAME": "i", "TYPE": "image"}]
    """

  private func pass(_ members: String) throws(ZCError) -> PassDescription? {
    try shader("{\(Self.inputs), \"PASSES\": [{\(members)}]}").description.passes.first
  }

  private func refusal(_ members: String) -> SourceIssue? {
    ZCISFTests.refusal(of: "/*{\(Self.inputs),\n\"PASSES\": [{\(members)}]}*/")
  }

  @Test("a pass has a target, a size and its storage")
  func members() throws {
    let pass = try pass(
      #""TARGET": "t", "WIDTH": 512, "HEIGHT": "$HEIGHT/2", "PERSISTENT": true, "DESCRIPTION": "d""#
    )
    #expect(pass?.target == "t")
    #expect(pass?.width == SizeExpression(constant: 512))
    #expect(pass?.height?.text == "$HEIGHT/2")
    #expect(pass?.isPersistent == true)
    #expect(pass?.isFloat == false)
    #expect(pass?.description == "d")
    #expect(try self.pass("") == PassDescription())
    #expect(try self.pass(#""TARGET": "", "WIDTH": " ""#) == PassDescription())
  }

  @Test(
    "flags are written in many ways",
    arguments: [
      ("true", true), ("false", false), ("1", true), ("0", false), ("-1", false),
      ("\"yes\"", true), ("\"True\"", true), ("\"no\"", false), ("\"2\"", true), ("null", false),
    ])
  func flags(value: String, expected: Bool) throws {
    #expect(try pass("\"persistent\": \(value)")?.isPersistent == expected)
    #expect(try pass("\"FLOAT\": \(value)")?.isFloat == expected)
  }

  @Test(
    "a misspelt name in a size is told what would fit",
    arguments: [
      ("$WDTH", "did you mean '$WIDTH'?"), ("$width", "did you mean '$WIDTH'?"),
      ("$F", "did you mean '$f'?"), ("flor($f)", "did you mean 'floor'?"),
      ("1 + flor", "did you mean 'floor'?"), ("wobble(1)", "there are floor, ceil, round, "),
      ("$nothing", "a size may use $WIDTH, $HEIGHT and inputs of type float, long, bool and event"),
      ("$f & 1", "write && for truth, and(a, b) for bits"), ("1/2$f", "write * or parentheses"),
    ])
  func hints(size: String, hint: String) {
    #expect(refusal("\"WIDTH\": \"\(size)\"")?.hint?.hasPrefix(hint) == true)
  }

  @Test("two passes may draw into one target")
  func sharedTarget() throws {
    let passes = #"[{"TARGET": "t"}, {"TARGET": "t", "PERSISTENT": 1}, {}]"#
    let description = try shader("{\"PASSES\": \(passes)}").description
    #expect(description.passes.count == 3)
    #expect(description.targets == ["t"])
  }

  @Test("a size may use the numbers among the inputs")
  func variables() throws {
    let width = try pass(#""WIDTH": "$f + $l + $b + $e + $WIDTH + $HEIGHT""#)?.width
    #expect(width?.variables.map(\.name) == ["f", "l", "b", "e", "WIDTH", "HEIGHT"])
  }

  @Test(
    "a size that cannot be is refused in its place",
    arguments: [
      (#""WIDTH": "$q""#, 23, "WIDTH: there is no input 'q'"),
      (#""WIDTH": "$p""#, 23, "WIDTH: input 'p' is no number"),
      (#""HEIGHT": "1 + $i""#, 28, "HEIGHT: input 'i' is no number"),
      (#""WIDTH": "1 + )""#, 27, "WIDTH: expected a number, found ')'"),
      (#""WIDTH": "\t+ )""#, 27, "WIDTH: expected a number, found ')'"),
      (#""WIDTH": "\u00e9\/$b)""#, 23, "WIDTH: expected a number, found 'é'"),
      (#""WIDTH": "1\/\u0024b)""#, 33, "WIDTH: expected an operator, found ')'"),
      (#""WIDTH": "2 * wdth""#, 27, "WIDTH: there is no input, function or constant 'wdth'"),
      (#""WIDTH": [1]"#, 22, "expected a number or an expression for WIDTH, found an array of 1"),
      (#""TARGET": "f""#, 23, "TARGET 'f' is already the NAME of an input"),
      (
        #""TARGET": "TIME""#, 23,
        "'TIME' cannot be the TARGET of a pass: ISF itself has something of that name"
      ),
    ])
  func refused(members: String, column: Int, message: String) {
    let issue = refusal(members)
    #expect(issue?.line == 4)
    #expect(issue?.column == column)
    #expect(issue?.message == message)
  }
}
