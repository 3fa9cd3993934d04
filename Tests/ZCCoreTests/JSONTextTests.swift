import Testing
import ZCCore

@Suite("JSONText")
struct JSONTextTests {
  @Test(
    "a string is escaped as JSON wants it",
    arguments: [
      ("", #""""#), ("a \"b\"", #""a \"b\"""#), (#"C:\x"#, #""C:\\x""#), ("\n\r\t", #""\n\r\t""#),
      ("\u{0}\u{1f}", #""\u0000\u001f""#), ("\r\n", #""\r\n""#), ("é🎨/", #""é🎨/""#),
      ("\u{7f}", "\"\u{7f}\""),
    ])
  func strings(text: String, json: String) {
    #expect(JSONText.string(text).text == json)
  }

  @Test("numbers that JSON does not have become null")
  func numbers() {
    #expect(JSONText.number(1.5).text == "1.5")
    #expect(JSONText.number(-0.0).text == "-0.0")
    #expect(JSONText.number(1e300).text == "1e+300")
    #expect(JSONText.number(.nan).text == "null")
    #expect(JSONText.number(.infinity).text == "null")
    #expect(JSONText.number(-.infinity).text == "null")
    #expect(JSONText.integer(.min).text == "-9223372036854775808")
  }

  @Test("arrays and objects keep their order")
  func nested() {
    let json = JSONText.object([
      ("z", .array([.null, .bool(true), .bool(false), .integer(1)])), ("a\"", .object([])),
      ("e", .array([])),
    ])
    #expect(json.text == #"{"z": [null, true, false, 1], "a\"": {}, "e": []}"#)
  }

  @Test("what is not there is null")
  func optional() {
    #expect(JSONText.optional(nil as String?).text == "null")
    #expect(JSONText.optional(nil as Double?).text == "null")
    #expect(JSONText.optional("a").text == "\"a\"")
    #expect(JSONText.optional(2.0).text == "2.0")
  }
}
