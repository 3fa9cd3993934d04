package import ZCCore

/// From a driver's log back to the author's files.
extension Translation {
  /// One issue for each different line of `log` that is no warning. Lines whose place is not in
  /// the author's text keep their words and have no line.
  package func issues(inLog log: String, stage: Stage) -> [SourceIssue] {
    var seen: Set<Substring> = []
    var issues: [SourceIssue] = []
    for line in log.split(whereSeparator: { $0.isNewline || $0 == "\0" })
    where seen.insert(line).inserted {
      let report = DriverLogLine(line)
      guard report.severity != .warning, report.hasWords, !isHeading(report) else { continue }
      issues.append(issue(report, stage: stage))
    }
    return issues
  }

  /// NVIDIA's log says which stage the lines below are about.
  private func isHeading(_ report: DriverLogLine) -> Bool {
    report.place == nil && ["Vertex info", "Fragment info"].contains(report.message)
  }

  private func issue(_ report: DriverLogLine, stage: Stage) -> SourceIssue {
    let message = inAuthorsWords(report.message)
    guard let place = report.place, let file = file(place.source), place.line >= 1 else {
      return SourceIssue(
        path: (stage == .vertex ? vertexFile : fragmentFile)?.author.path, message: message,
        hint: report.place.flatMap { preludeLine($0, stage: stage) })
    }
    let line = min(place.line, file.author.lineCount)
    guard let column = file.column(line: line, column: place.column, naming: report.message) else {
      return SourceIssue(
        path: file.author.path, line: line, message: message,
        excerpt: file.author.excerpt(ofLine: line))
    }
    let start = file.author.range(ofLine: line).lowerBound
    return file.author.issue(at: start + column, message)
  }

  private func file(_ source: Int) -> TranslatedFile? {
    switch source {
    case SourceNumber.fragment: fragmentFile
    case SourceNumber.vertex: vertexFile
    default: nil
    }
  }

  /// The line of the prelude that a driver complains about.
  private func preludeLine(_ place: DriverLogLine.Place, stage: Stage) -> String? {
    let source: String
    switch stage {
    case .vertex: source = vertex
    case .fragment: source = fragment
    case .program: return nil
    }
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    return lines[safe: place.line - 1].map { "in the generated line: \($0)" }
  }

  /// The message with the names that the author knows.
  private func inAuthorsWords(_ message: String) -> String {
    guard message.utf8.contains(UInt8(ascii: "_")) else { return message }
    let bytes = Array(message.utf8)
    var words: [UInt8] = []
    for token in Tokenizer.tokens(of: bytes, in: 0..<bytes.count) {
      let piece = bytes[token.start..<token.end]
      let name = token.kind == .identifier ? String(decoding: piece, as: UTF8.self) : ""
      if let original = NameMap.original(of: name) {
        words.append(contentsOf: original.utf8)
      } else {
        words.append(contentsOf: piece)
      }
    }
    return String(decoding: words, as: UTF8.self)
  }
}

extension TranslatedFile {
  /// The byte in the author's line, from 0, for a driver's column, from 1. Drivers count after
  /// macros and comments are gone, so a name that the message quotes is looked for nearby.
  fileprivate func column(line: Int, column: Int, naming message: String) -> Int? {
    nil
  }
}
