import Testing
import ZCISF

@Suite("places in a text")
struct AuthorTextTests {
  private let text = AuthorText(Array("\u{FEFF}ab\r\nçd\re\n".utf8), path: "a.fs")

  @Test("every kind of line break ends a line, and columns count characters")
  func places() {
    // a b CR LF ç (2 bytes) d CR e LF: the offsets do not count the byte order mark.
    let expected = [
      0: (1, 1), 1: (1, 2), 2: (1, 3), 3: (1, 3), 4: (2, 1), 6: (2, 2), 7: (2, 3), 8: (3, 1),
      9: (3, 2), 10: (4, 1),
    ]
    for (offset, place) in expected { #expect(text.place(of: offset) == place) }
  }

  @Test("lines are quoted without their line breaks")
  func excerpts() {
    #expect((0...5).map(text.excerpt(ofLine:)) == [nil, "ab", "çd", "e", "", nil])
    #expect(text.lineCount == 4)
  }

  @Test("no place is out of bounds", arguments: [-1, 11, Int.min, Int.max])
  func bounds(offset: Int) {
    let line = text.place(of: offset).line
    #expect(line == (offset < 0 ? 1 : 4))
    #expect(text.range(ofLine: offset).isEmpty)
  }
}
