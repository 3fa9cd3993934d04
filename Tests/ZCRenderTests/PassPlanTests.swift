import Testing
import ZCCore
import ZCISF

@testable import ZCRender

@Suite("PassPlan")
struct PassPlanTests {
  private func sizes(
    _ passes: [PassDescription], variable: (String) -> Double? = { _ in nil }
  ) throws -> [[Int32]] {
    let plan = try PassPlan(
      passes, output: try extent(641, 480), limit: 4096, variable: variable)
    return plan.extents.map { [$0.width, $0.height] }
  }

  private func pass(_ width: String?, _ height: String? = nil) throws -> PassDescription {
    PassDescription(
      target: "blur", width: try width.map { try SizeExpression(parsing: $0) },
      height: try height.map { try SizeExpression(parsing: $0) })
  }

  private func message(_ passes: [PassDescription]) -> String {
    let error = #expect(throws: ZCError.self) { try sizes(passes) }
    guard case .badSize(let message)? = error else { return "\(String(describing: error))" }
    return message
  }

  @Test("a pass without a target, or without a size, is as large as the output")
  func whole() throws {
    let sized = try pass("16", "16")
    let noTarget = PassDescription(width: sized.width, height: sized.height)
    #expect(
      try sizes([noTarget, PassDescription(target: "a"), sized])
        == [[641, 480], [641, 480], [16, 16]])
  }

  @Test("a side that is not given is the output's")
  func oneSide() throws {
    #expect(try sizes([try pass("7"), try pass(nil, "9")]) == [[7, 480], [641, 9]])
  }

  @Test(
    "fractions round up, and no side is below 1",
    arguments: [
      ("$WIDTH/2", 321), ("$WIDTH/10", 65), ("0.001", 1), ("4095.2", 4096), ("4096", 4096),
      ("0", 1), ("-0.5", 1), ("-1", 1), ("-1000000", 1), ("0-10000*10000*10000*10000*10000", 1),
      ("$HEIGHT", 480), ("100*0.55", 55), ("0.1*3*10", 3), ("$HEIGHT*1.1", 528),
      ("3.000000001", 4),
    ])
  func sides(text: String, expected: Int32) throws {
    #expect(try sizes([try pass(text)]) == [[expected, 480]])
  }

  @Test("a side as far below 0 as numbers go is 1, and no crash")
  func farBelow() throws {
    let low = PassDescription(
      target: "a", width: SizeExpression(constant: -.greatestFiniteMagnitude),
      height: SizeExpression(constant: -1e19))
    #expect(try sizes([low]) == [[1, 1]])
  }

  @Test("inputs stand for their values, and none can hide the output's size")
  func variables() throws {
    #expect(
      try sizes([try pass("$scale*$WIDTH", "$width")]) { name in
        ["scale": 2, "width": 3, "WIDTH": 99][name]
      } == [[1282, 3]])
  }

  @Test(
    "what is not finite or beyond the limit is refused, with the pass and its expression",
    arguments: [
      ("4096.1", "4096.1"), ("4097", "4097.0"), ("1000000000", "1000000000.0"), ("1/0", "inf"),
      ("0/0", "no number"), ("-1/0", "-inf"), ("$nobody", "no number"),
    ])
  func refused(text: String, value: String) throws {
    let first = PassDescription(target: "a")
    let message = message([first, try pass(text)])
    #expect(
      message
        == "pass 1 (TARGET \"blur\"): WIDTH \"\(text)\" is \(value); "
        + "a side is 1 to 4096 pixels on this driver")
    #expect(self.message([try pass(nil, text)]).hasPrefix("pass 0 (TARGET \"blur\"): HEIGHT"))
  }
}
