@testable import ZCCore
@testable import ZCISF

/// What holds whatever bytes are read: of each input, those properties that do not.
///
/// The parts between bytes 0x1F are a fragment file, a vertex file and a driver's log. The fuzzer
/// is compiled with this file: scripts/fuzz-text.
struct TextProperties {
  private(set) var broken: [String] = []
  /// What one input leaves out, its neighbours try.
  private let choice: Int
  private var files: [AuthorText] = []

  private static let dialects: [Dialect] = [
    .gl450, .gl330, .es310,
    Dialect(version: "310 es", isES: true, hasImplicitConversions: false),
  ]

  init(of bytes: [UInt8]) {
    choice = bytes.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF }
    let parts = bytes.split(separator: 0x1F, maxSplits: 2, omittingEmptySubsequences: false)
      .map(Array.init)
    for part in parts {
      checkTokens(part)
      if part.count < 512 { checkSize(String(decoding: part, as: UTF8.self)) }
    }
    let source = ShaderSource(
      fragment: parts.first ?? [], fragmentPath: "a.fs", vertex: parts[safe: 1],
      vertexPath: "a.vs")
    files = [source.fragment, source.vertex ?? []].map { AuthorText($0, path: nil) }
    checkConversion(of: source.fragment)
    checkShader(source, log: String(decoding: parts[safe: 2] ?? [], as: UTF8.self))
  }

  private mutating func must(_ holds: Bool, _ what: @autoclosure () -> String) {
    if !holds { broken.append(what()) }
  }

  private mutating func checkTokens(_ bytes: [UInt8]) {
    var end = 0
    for token in Tokenizer.tokens(of: bytes, in: 0..<bytes.count) {
      must(token.start == end && token.end > token.start, "tokens are the whole text")
      end = token.end
    }
    must(end == bytes.count, "tokens are the whole text")
  }

  private mutating func checkSize(_ text: String) {
    do throws(SizeExpression.Malformed) {
      let size = try SizeExpression(parsing: text)
      for variable in size.variables { must(variable.offset < text.utf8.count, "a name's place") }
      for value in [0, 1, -1, 1e300, .nan, .infinity] { _ = size.value { _ in value } }
    } catch {
      must((0...text.utf8.count).contains(error.offset), "a place in the expression")
    }
  }

  /// What Shadertoy's shader becomes can be read.
  private mutating func checkConversion(of document: [UInt8]) {
    do throws(ZCError) {
      let made = try ShadertoyConversion(try Shadertoy(document: document, path: nil))
      let shader = Self.parse(ShaderSource(fragment: Array(made.text.utf8)))
      if case .failure(let error) = shader { must(false, "a header that can be read: \(error)") }
    } catch {
      checkRefusal(error)
    }
  }

  private mutating func checkShader(_ source: ShaderSource, log: String) {
    let first = Self.parse(source)
    let second = Self.parse(source)
    switch (first, second) {
    case (.success(let shader), .success(let again)):
      must("\(shader.description)" == "\(again.description)", "the same description")
      checkTranslation(of: shader, log)
      checkWarnings(of: shader)
    case (.failure(let error), .failure(let again)):
      must("\(error)" == "\(again)", "the same error")
      checkRefusal(error)
    default: must(false, "the same outcome")
    }
  }

  private mutating func checkTranslation(of shader: ParsedShader, _ log: String) {
    let dialect = Self.dialects[choice % Self.dialects.count]
    do {
      let made = try Translation(shader, dialect: dialect)
      if choice % 7 == 0 {
        let again = try Translation(shader, dialect: dialect)
        must(again.fragment == made.fragment && again.vertex == made.vertex, "the same code")
      }
      checkLines(made.fragmentFile)
      if let file = made.vertexFile { checkLines(file) }
      let stage = [Translation.Stage.vertex, .fragment, .program][choice % 3]
      for log in [log, someLog] {
        for issue in made.issues(inLog: log, stage: stage) { checkPlace(of: issue) }
      }
    } catch {
      checkRefusal(error)
    }
  }

  /// As Mesa and ANGLE write.
  private var someLog: String {
    let (line, column) = (choice % 41, choice / 41 % 90)
    return """
      1:\(line)(\(column)): error: syntax error
      \(choice % 3):\(line + 1)(\(column)): error: `mix' undeclared
      ERROR: 2:\(column): '*' : wrong operand types
      """
  }

  /// By the numbers that `#line` gives.
  private mutating func checkLines(_ file: TranslatedFile) {
    var line = 1
    for text in file.string.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      // What calls the author's is behind all he wrote.
      if text == "void main() {", file.string.hasSuffix("isf_main();\n}\n") { break }
      if text.hasPrefix("#line "), let number = text.split(separator: " ")[safe: 1] {
        line = Int(number) ?? 0
      } else {
        line += 1
      }
    }
    // An empty last line is none.
    let count = file.author.lineCount
    must(line == count || line == count + 1, "line for line: \(line) of \(count)")
  }

  private mutating func checkWarnings(of shader: ParsedShader) {
    do throws(ZCError) {
      for issue in try shader.warnings() { checkPlace(of: issue) }
    } catch {
      checkRefusal(error)
    }
  }

  private mutating func checkRefusal(_ error: ZCError) {
    switch error {
    case .header(let issue): checkPlace(of: issue)
    case .shader(let issues, _, _):
      must(!issues.isEmpty, "a refusal has an issue")
      for issue in issues { checkPlace(of: issue) }
    default: must(false, "an error of the text: \(error)")
    }
  }

  private mutating func checkPlace(of issue: SourceIssue) {
    must(!issue.description.isEmpty, "words")
    guard issue.line > 0 else {
      must(issue.line == 0 && issue.column == 0, "a place or none")
      return
    }
    let isInside = files.contains { file in
      guard let text = file.excerpt(ofLine: issue.line) else { return false }
      let columns = 0...text.unicodeScalars.count + 1
      return columns.contains(issue.column) && columns.contains(issue.end)
        && (issue.end == 0 || issue.end >= issue.column)
    }
    must(isInside, "a place in the text: \(issue.line):\(issue.column)-\(issue.end)")
  }

  private static func parse(_ source: ShaderSource) -> Result<ParsedShader, ZCError> {
    do throws(ZCError) {
      return .success(try ParsedShader(parsing: source))
    } catch {
      return .failure(error)
    }
  }
}
