import Testing
import ZCCore
import ZCISF

/// Numbers that look random and are the same in every run (xorshift64).
private struct Dice {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func roll(_ count: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(truncatingIfNeeded: state % UInt64(max(1, count)))
  }
}

@Suite("broken files")
struct MutationTests {
  private static let fragment = """
    /*{ "ISFVSN": "2", // of 2
      "INPUTS": [
        { "NAME": "level", "TYPE": "float", "MIN": 0.0, "MAX": 1e1, "DEFAULT": -.5 },
        { "NAME": "mode", "TYPE": "long", "VALUES": [0, 1], "LABELS": ["a", "\\u00e9"] },
        { "NAME": "tint", "TYPE": "color", "DEFAULT": [0.1, 0.2, 0.3, 1.0] },
        { "NAME": "inputImage", "TYPE": "image" },
      ],
      "PASSES": [
        { "TARGET": "last", "WIDTH": "floor($WIDTH / max($level, 2.0))", "PERSISTENT": true }, {}
      ]
    }*/
    #ifndef GL_ES
    float distance(vec2 sample, vec2 b) { return 1.0; } /* two
    lines */
    #endif
    varying vec2 TIME, coord;
    #define TAP(x) IMG_NORM_PIXEL(inputImage, x) \\
      * gl_FragData[0]
    void main() { gl_FragColor = TAP(vec2(level)); }
    """
  private static let marks =
    Array("{}[]\"\\/*:,.-+e0$()#;\n\r\0\u{7F} aT".utf8) + [0x80, 0xC3, 0xFF]

  /// Reads, translates and maps a log; whatever the outcome, it ends.
  private func use(_ bytes: [UInt8]) {
    do {
      let source = ShaderSource(fragment: bytes, vertex: bytes)
      let shader = try ParsedShader(parsing: source)
      _ = try shader.warnings()
      for pass in shader.description.passes {
        _ = pass.width?.value { _ in 1 }
      }
      for dialect in [Dialect.gl450, .es310] {
        let translation = try Translation(shader, dialect: dialect)
        for line in [1, 3, 17] {
          _ = translation.issues(
            inLog: "1:\(line)(9): error: `sample' is odd\n0:\(line)(200): error: odd",
            stage: .fragment)
        }
      }
    } catch {
      guard case .header(let issue) = error else {
        Issue.record("another error: \(error)")
        return
      }
      #expect(issue.line >= 1 && issue.column >= 1 && !issue.message.isEmpty)
      #expect(!issue.description.isEmpty)
    }
  }

  @Test("a file may end anywhere")
  func truncated() {
    let bytes = Array(Self.fragment.utf8)
    for count in 0...bytes.count { use(Array(bytes.prefix(count))) }
    for count in 0...bytes.count { use(Array(bytes.dropFirst(count))) }
  }

  @Test("any bytes may be changed, lost or doubled", arguments: 1...8)
  func mutated(seed: Int) {
    var dice = Dice(seed: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15)
    for _ in 0..<250 {
      var bytes = Array(Self.fragment.utf8)
      for _ in 0...dice.roll(4) {
        let place = dice.roll(bytes.count)
        switch dice.roll(4) {
        case 0: bytes[place] = Self.marks[dice.roll(Self.marks.count)]
        case 1: bytes.insert(Self.marks[dice.roll(Self.marks.count)], at: place)
        case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + dice.roll(20)))
        default:
          let piece = Array(bytes[place..<min(bytes.count, place + 1 + dice.roll(20))])
          bytes.insert(contentsOf: piece, at: dice.roll(bytes.count))
        }
        if bytes.isEmpty { break }
      }
      use(bytes)
    }
  }
}
