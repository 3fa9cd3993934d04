import Testing
import ZCCore
import ZCISF

@Suite("the header's text")
struct HeaderTextTests {
  @Test("a header of comments, trailing commas and loose numbers is read")
  func lenient() throws {
    let description = try shader(
      """
      { // what it is
        "DESCRIPTION": "a\tb", "CATEGORIES": ["Blur", "Fast",],
        "INPUTS": [{"NAME": "x", "TYPE": "float", "MIN": .5, "MAX": 1., "DEFAULT": +.75,},],
      } // done
      """
    ).description
    #expect(description.description == "a\tb")
    #expect(description.categories == ["Blur", "Fast"])
    guard case .float(let range)? = description.inputs.first?.kind else {
      Issue.record("no float")
      return
    }
    #expect(range.min == 0.5 && range.max == 1 && range.default == 0.75)
  }

  @Test("a byte order mark, CRLF and white space may stand before the header")
  func beginning() throws {
    let text = "\u{FEFF}\r\n \r\n/*{\"CREDIT\": \"me\",\r\n\"INPUTS\": [}*/"
    #expect(refusal(of: text)?.line == 4)
    #expect(refusal(of: text)?.column == 12)
    #expect(refusal(of: "// mine\n// more /* none\n/*{}*/void main(){}") == nil)
  }

  @Test("escapes stand for their characters")
  func escapes() throws {
    let text = #"{"DESCRIPTION": "\u0041\n\"\\\/\ud83d\ude00\ud83dx\ud83d\u0041"}"#
    #expect(try shader(text).description.description == "A\n\"\\/😀\u{FFFD}x\u{FFFD}A")
  }

  @Test("of two members of one name the last counts; null counts as none")
  func duplicates() throws {
    let description = try shader(
      #"{"CREDIT": "a", "CREDIT": "b", "VSN": null, "INPUTS": null}"#
    ).description
    #expect(description.credit == "b")
    #expect(description.version == nil)
    #expect(description.inputs.isEmpty)
  }

  @Test("bytes that are no UTF-8 are repaired")
  func repair() {
    let bytes = Array("/*{\"CREDIT\": \"".utf8) + [0xFF, 0xC3] + Array("\"}*/".utf8)
    #expect(refusal(ofBytes: bytes) == nil)
  }

  @Test(
    "a syntax error has its line, column and what stands there",
    arguments: [
      ("/*{ \"A\": 1\n  \"B\": 2 }*/", 2, 3, "expected ',' or '}' after a value, found '\"'"),
      ("/*{ \"A\" 1 }*/", 1, 9, "expected ':' after the name \"A\", found '1'"),
      ("/*{ A: 1 }*/", 1, 5, "expected a name in double quotes or '}', found 'A'"),
      ("/*{ \"A\": [1 2] }*/", 1, 13, "expected ',' or ']' after a value, found '2'"),
      ("/*{ \"A\": yes }*/", 1, 10, "expected a value, found 'yes'"),
      ("/*{ \"A\": }*/", 1, 10, "expected a value, found '}'"),
      ("/*{ \"é\": - }*/", 1, 10, "expected a value, found '-'"),
      ("/*{ \"A\": 1e }*/", 1, 12, "expected an exponent, found ' '"),
      ("/*{ \"A\": 1e999 }*/", 1, 10, "the number 1e999 is too large"),
      ("/*{ \"A\": \"b }*/", 1, 10, "the header comment ends before this string does"),
      ("/*{ \"A\": \"\\q\" }*/", 1, 11, "no such escape in a JSON string"),
      (
        "/*{ \"A\": \"\\u12\" }*/", 1, 15,
        "expected four hexadecimal digits after '\\u', found '\"'"
      ),
      ("/*{ \"A\": 1 */", 1, 12, "expected ',' or '}' after a value, found the end of the header"),
      ("/*{} {}*/", 1, 6, "expected the end of the header comment, '*/', found '{'"),
      ("/*{ /* no */ }*/", 1, 5, "a comment inside the header begins with '//', not '/*'"),
    ])
  func syntax(text: String, line: Int, column: Int, message: String) {
    let issue = refusal(of: text)
    #expect(issue?.line == line)
    #expect(issue?.column == column)
    #expect(issue?.message == message)
    #expect(issue?.path == "Blur.fs")
  }

  @Test("the author's line is quoted as written")
  func excerpt() {
    #expect(refusal(of: "/*{\r\n\t\"A\" 1\r\n}*/")?.excerpt == "\t\"A\" 1")
  }

  @Test(
    "a file that is no ISF says how one begins",
    arguments: [
      ("", "not an ISF shader: there is no header comment"),
      ("void main() {}", "not an ISF shader: there is no header comment"),
      ("/* a blur */ void main() {}", "not an ISF shader: the first comment holds no JSON object"),
      ("/*[]*/", "not an ISF shader: the first comment holds no JSON object"),
      ("/*", "not an ISF shader: the first comment holds no JSON object"),
    ])
  func notISF(text: String, message: String) {
    let issue = refusal(of: text)
    #expect(issue?.message == message)
    #expect(issue?.line == 1)
    #expect(issue?.hint?.hasPrefix("an ISF file begins with a comment") == true)
  }

  @Test("a header without an end is an error at its beginning")
  func noEnd() {
    #expect(refusal(of: "\n/*{ \"A\": 1 }")?.message == "the header comment has no end")
    #expect(refusal(of: "\n/*{ \"A\": 1 }")?.line == 2)
  }

  @Test("nesting is bounded", arguments: ["[", "{\"a\":"])
  func depth(opening: String) {
    let text = "/*{\"A\": " + String(repeating: opening, count: 100_000) + "*/"
    #expect(
      refusal(of: text)?.message == "more than 64 arrays and objects within each other")
  }
}
