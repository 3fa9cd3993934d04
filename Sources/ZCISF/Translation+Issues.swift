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
    if stage == .program, report.place == nil, let issue = interfaceIssue(message) { return issue }
    guard let place = report.place, let file = file(at: place, stage: stage) else {
      return SourceIssue(
        path: (stage == .vertex ? vertexFile : fragmentFile)?.author.path, message: message,
        hint: report.place.flatMap { preludeLine($0, stage: stage) })
    }
    let line = min(place.line, file.author.lineCount)
    guard
      let column = file.authorColumn(line: line, column: place.column, naming: message)
    else {
      return SourceIssue(
        path: file.author.path, line: line, message: message,
        excerpt: file.author.excerpt(ofLine: line))
    }
    return file.author.issue(
      at: file.author.range(ofLine: line).lowerBound + column, message)
  }

  /// Linking says names without places: what it says of an input, output or uniform goes to its
  /// declaration.
  private func interfaceIssue(_ message: String) -> SourceIssue? {
    guard let name = TranslatedFile.quotedName(in: message) else { return nil }
    for case let file? in [fragmentFile, vertexFile] {
      if let offset = file.interface[name] { return file.author.issue(at: offset, message) }
    }
    return nil
  }

  /// The author's file that a place is in. Some drivers call every text 0, so the stage says which
  /// it is; the prelude is known by its line numbers.
  private func file(at place: DriverLogLine.Place, stage: Stage) -> TranslatedFile? {
    guard place.line >= 1, place.line < Prelude.firstLine else { return nil }
    switch (place.source, stage) {
    case (SourceNumber.fragment, _), (0, .fragment): return fragmentFile
    case (SourceNumber.vertex, _), (0, .vertex): return vertexFile
    default: return nil
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
    guard place.line >= Prelude.firstLine else { return nil }
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    // The line that renumbers is the last before the first of that number.
    guard let renumbering = lines.firstIndex(where: { $0.hasPrefix("#line") }) else { return nil }
    let index = renumbering + 1 + (place.line - Prelude.firstLine)
    return lines[safe: index].map { "in the generated line: \($0)" }
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
