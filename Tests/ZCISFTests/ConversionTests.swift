import Testing
import ZCCore
import ZCISF

@Suite("conversions under OpenGL ES")
struct ConversionTests {
  private static let plain = Dialect(version: "310 es", isES: true, hasImplicitConversions: false)

  private func translated(_ text: String, dialect: Dialect = plain) throws -> String {
    let header = """
      {"INPUTS": [{"NAME": "level", "TYPE": "float"}, {"NAME": "steps", "TYPE": "long"}]}
      """
    return try fragmentBody(text, header: header, dialect: dialect)
  }

  @Test(
    "what meets another type is converted",
    arguments: [
      ("int i = 1; float a = i;", "int i = 1; float a = float(i);"),
      ("float a = level * 2;", "float a = level * 2.0;"),
      ("float a = 1 + steps;", "float a = float(1 + steps);"),
      ("int i = 1; bool b = i < level;", "int i = 1; bool b = float(i) < level;"),
      ("int i = 1; float a = (i + 1) * level;", "int i = 1; float a = (float(i + 1)) * level;"),
      ("int i = 1; float a = -i / level;", "int i = 1; float a = -float(i) / level;"),
      ("float a = level; a += steps;", "float a = level; a += float(steps);"),
      ("float a = max(0, level);", "float a = max(0.0, level);"),
      ("float a = pow(steps, 0x2);", "float a = pow(float(steps), float(0x2));"),
      ("vec2 v = mod(RENDERSIZE, ivec2(steps));", "vec2 v = mod(RENDERSIZE, vec2(ivec2(steps)));"),
      ("float a = level > 0.5 ? 1 : level;", "float a = level > 0.5 ? 1.0 : level;"),
      ("uint u = 0; u = u - 3;", "uint u = 0u; u = u - 3u;"),
      ("uint u = 0u; if (u > steps) u = 5;", "uint u = 0u; if (u > uint(steps)) u = 5u;"),
      ("float a = half_of(steps, 3);", "float a = half_of(float(steps), 3);"),
      (
        "for (int i = 0; i < 3; i++) level * i;",
        "for (int i = 0; i < 3; i++) level * float(i);"
      ),
      (
        "ivec3 v = ivec3(1); float a = v.x * level;",
        "ivec3 v = ivec3(1); float a = float(v.x) * level;"
      ),
      ("int n[2]; float a = level + n[1];", "int n[2]; float a = level + float(n[1]);"),
      ("const float a = level;", " float a = level;"),
      (
        "const float a = sin(1.0); const float b = a;",
        "const float a = sin(1.0); const float b = a;"
      ),
      (
        "const float a = level, b = 1.0; const float c = a;",
        " float a = level, b = 1.0; float c = a;"
      ),
    ])
  func converted(old: String, new: String) throws {
    let before = "float half_of(float x, int n) { return x * 0.5; }\nvoid main() {"
    #expect(try translated("\(before)\(old)}") == "\(before)\(new)}\n")
  }

  @Test("a parameter hides a global of another type")
  func parameters() throws {
    let text = "float n;\nfloat f(int n) { return level * n; }\n"
    let zero = text.replacing("n;\nf", with: "n = float(0);\nf")
    #expect(try translated(text) == zero.replacing("* n;", with: "* float(n);"))
  }

  @Test("a function gives back what it says, with the extension too")
  func results() throws {
    let text = "float f(int i) { if (i > 2) return 0; return i; }\nuint g() { return 1; }\n"
    let new =
      "float f(int i) { if (i > 2) return 0.0; return float(i); }\nuint g() { return 1u; }\n"
    #expect(try translated(text) == new)
    #expect(try translated(text, dialect: .es310) == new)
    #expect(try translated(text, dialect: .gl450) == text)
  }

  @Test(
    "what is not certain stays",
    arguments: [
      "int i = 3 / 2; i = i * 2;", "{ int a = 1; level * a; } { float a = 1.0; level * a; }",
      "level * N(steps);", "N(level * steps);", "level * steps M;", "int n = 1; level * n;",
      "float a = M + steps;", "level * other;", "float a = g(steps);",
      "S s = S(1, steps); s.x = steps;", "uint u = 1u << steps;", "int i = 1; i += 2;",
      "bool b = steps == 2;", "float a = float(steps / 2);",
      "float a = level\n#if A\n* steps\n#else\n+ steps\n#endif\n;",
    ])
  func others(text: String) throws {
    let before = """
      #define M 1 +
      #define N(x) x
      struct S { float x; };
      float g(float x) { return x; } float g(uint x) { return 1.0; }
      float n = 2.0;
      void main() {
      """
    #expect(try translated("\(before)\(text)}") == "\(before)\(text)}\n")
  }

  @Test("an error behind a conversion has the author's column")
  func columns() throws {
    let text = "void main() { int i = 1; float a = i * TIME + nope; }"
    let translation = try Translation(try shader("{}", body: text), dialect: Self.plain)
    let line = try #require(
      translation.fragment.split(separator: "\n").first { $0.contains("nope") })
    let start = try #require(line.firstRange(of: "nope")).lowerBound
    let column = line.distance(from: line.startIndex, to: start) + 1
    let issue = try #require(
      translation.issues(inLog: "1:2(\(column)): error: bad", stage: .fragment).first)
    let place = try #require(text.firstRange(of: "nope")).lowerBound
    #expect(issue.column == text.distance(from: text.startIndex, to: place) + 1)
  }

  @Test("depth ends the reading, and nothing else")
  func deep() throws {
    let deep = String(repeating: "(", count: 90) + "steps" + String(repeating: ")", count: 90)
    let text = "void main() { float a = \(deep) * level; float b = steps; }"
    #expect(try translated(text) == text.replacing("= steps", with: "= float(steps)") + "\n")
  }
}
