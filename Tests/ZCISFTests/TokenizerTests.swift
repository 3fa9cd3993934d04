import Testing

@testable import ZCISF

@Suite("GLSL tokens")
struct TokenizerTests {
  /// Kind and text of every token.
  private func tokens(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return Tokenizer.tokens(of: bytes, in: 0..<bytes.count).map {
      "\($0.kind):" + String(decoding: bytes[$0.start..<$0.end], as: UTF8.self)
    }
  }

  @Test("names, numbers and marks are told apart")
  func words() {
    #expect(
      tokens("a1 = _b+2.5e-3f*.5;") == [
        "identifier:a1", "blank: ", "mark:=", "blank: ", "identifier:_b", "mark:+",
        "number:2.5e-3f", "mark:*", "number:.5", "mark:;",
      ])
    #expect(tokens("v.x1") == ["identifier:v", "mark:.", "identifier:x1"])
    #expect(tokens("0x1F+1u") == ["number:0x1F", "mark:+", "number:1u"])
  }

  @Test("CR LF, CR and LF are one line break each")
  func lineBreaks() {
    #expect(
      tokens("a\r\nb\rc\n") == [
        "identifier:a", "lineBreak:\r\n", "identifier:b", "lineBreak:\r", "identifier:c",
        "lineBreak:\n",
      ])
  }

  @Test("comments run to their end, and a backslash carries a line comment on")
  func comments() {
    #expect(tokens("a/*b\n*c*/d") == ["identifier:a", "comment:/*b\n*c*/", "identifier:d"])
    #expect(tokens("// a\nb") == ["comment:// a", "lineBreak:\n", "identifier:b"])
    #expect(tokens("// a\\\nb\nc") == ["comment:// a\\\nb", "lineBreak:\n", "identifier:c"])
    #expect(tokens("/* a") == ["comment:/* a"])
    #expect(tokens("/*/ a") == ["comment:/*/ a"])
    #expect(tokens("a / b") == ["identifier:a", "blank: ", "mark:/", "blank: ", "identifier:b"])
  }

  @Test("a number sign begins a preprocessor line only where the line begins")
  func directives() {
    #expect(tokens(" #if") == ["blank: ", "directive:#", "identifier:if"])
    #expect(tokens("/**/#if").first == "comment:/**/")
    #expect(tokens("/**/#if")[1] == "directive:#")
    #expect(tokens("a#b")[1] == "mark:#")
    #expect(tokens("#a\\\n#b")[2...] == ["continuation:\\\n", "mark:#", "identifier:b"])
  }

  @Test("tokens are the whole text", arguments: ["é\u{A0}x", "\u{0}\u{7F}\t", "\\", "/", "", "."])
  func whole(text: String) {
    let bytes = Array(text.utf8)
    let tokens = Tokenizer.tokens(of: bytes, in: 0..<bytes.count)
    #expect(tokens.flatMap { bytes[$0.start..<$0.end] } == bytes)
  }
}
