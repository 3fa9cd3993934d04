package import ZCCore

/// From a driver's log back to the author's files.
extension Translation {
  /// The most issues that are made of one log.
  private static let issueLimit = 100

  /// One issue for each different line of `log` that is no warning, and no mere consequence of one
  /// before. Lines whose place is not in the author's text keep their words and have no line.
  package func issues(inLog log: String, stage: Stage) -> [SourceIssue] {
    var seen: Set<Substring> = []
    var first: [DriverLogLine.Place: Fault] = [:]
    var candidates: [String] = []
    var issues: [SourceIssue] = []
    var advice: [Stage: Advice] = [:]
    for line in log.split(whereSeparator: { $0.isNewline || $0 == "\0" })
    where issues.count < Self.issueLimit && seen.insert(line).inserted {
      let report = DriverLogLine(line)
      guard report.severity != .warning, report.hasWords, !isHeading(report) else { continue }
      if report.isCandidate, !issues.isEmpty {
        candidates.append(report.message)
        continue
      }
      let fault = Fault(message: report.message)
      if let line = report.place?.lineAlone {
        if let before = first[line] {
          if Fault.isConsequence(report.message, fault, after: before) { continue }
        } else {
          first[line] = fault
        }
      }
      Self.add(&candidates, to: &issues)
      issues.append(issue(report, fault, stage: stage, &advice))
    }
    Self.add(&candidates, to: &issues)
    return issues
  }

  /// Functions that could have been meant are the hint, where there is none.
  private static func add(_ candidates: inout [String], to issues: inout [SourceIssue]) {
    defer { candidates = [] }
    guard let last = issues.indices.last, !candidates.isEmpty, issues[last].hint == nil else {
      return
    }
    let shown = candidates.prefix(3).joined(separator: "; ")
    let rest = candidates.count > 3 ? "; and \(candidates.count - 3) more" : ""
    issues[last].hint = "there is \(shown)\(rest)"
  }

  /// NVIDIA's log says which stage the lines below are about.
  private func isHeading(_ report: DriverLogLine) -> Bool {
    report.place == nil && ["Vertex info", "Fragment info"].contains(report.message)
  }

  /// `advice` keeps what was read of a file for the next.
  private func issue(
    _ report: DriverLogLine, _ fault: Fault, stage: Stage, _ advice: inout [Stage: Advice]
  ) -> SourceIssue {
    let message = inAuthorsWords(report.message)
    let found = place(of: report, message, stage: stage)
    let source = found?.stage ?? (stage == .vertex && vertexFile != nil ? .vertex : .fragment)
    let text = (file(of: source) ?? fragmentFile).author
    let adviser = advice[source] ?? Advice(names: names, text: text)
    advice[source] = adviser
    let finding = adviser.finding(fault, message, at: found?.offset)
    let hint = finding.hint ?? report.place.flatMap { preludeLine($0, stage: stage) }
    let code = finding.fault.rawValue
    let shown = Self.plain(message)
    if let offset = finding.offset ?? found?.offset {
      return text.issue(at: offset, shown, hint: hint, code: code)
    }
    guard let found else {
      let path = stage == .vertex ? vertexFile?.author.path : text.path
      return SourceIssue(path: path, code: code, message: shown, hint: hint)
    }
    return SourceIssue(
      path: text.path, line: found.line, code: code, message: shown,
      excerpt: text.excerpt(ofLine: found.line), hint: hint)
  }

  /// Without what only leads to other lines, or quotes nothing.
  private static func plain(_ message: String) -> String {
    var message = message[...]
    if message.hasSuffix("; candidates are:") { message.removeLast("; candidates are:".count) }
    if message.hasPrefix("'' :") { message.removeFirst("'' :".count) }
    return String(message.drop { $0 == " " })
  }

  /// A place in one of the author's files: the line, and the byte where that is sure.
  private typealias Found = (stage: Stage, line: Int, offset: Int?)

  private func place(
    of report: DriverLogLine, _ message: String, stage: Stage
  ) -> Found? {
    guard let place = report.place, place.line >= 1 else {
      return declaration(in: message, stage: stage)
    }
    guard let stage = stageOfFile(at: place, stage: stage), let file = file(of: stage) else {
      return nil
    }
    let line = min(place.line, file.author.lineCount)
    let column = file.authorColumn(line: line, column: place.column, naming: message)
    return (stage, line, column.map { file.author.range(ofLine: line).lowerBound + $0 })
  }

  /// Linking says names without places: what it says of an input, output, uniform or function goes
  /// to where that stands first.
  private func declaration(in message: String, stage: Stage) -> Found? {
    var words = TranslatedFile.quotedNames(in: message)
    // ANGLE does not quote these.
    if message.contains("varying ") || message.contains("()") || message.contains("chain") {
      words += message.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
    }
    for word in words {
      for stage in stage == .vertex ? [Stage.vertex] : [.fragment, .vertex] {
        guard let file = file(of: stage),
          let offset = file.interface[word] ?? file.calledPlace(of: word)
        else { continue }
        return (stage, file.author.line(of: offset), offset)
      }
    }
    return nil
  }

  private func file(of stage: Stage) -> TranslatedFile? {
    stage == .vertex ? vertexFile : fragmentFile
  }

  /// The stage of the author's file that a place is in. Some drivers call every text 0, so the
  /// stage says which it is; the prelude is known by its line numbers.
  private func stageOfFile(at place: DriverLogLine.Place, stage: Stage) -> Stage? {
    guard place.line < Prelude.firstLine else { return nil }
    switch (place.source, stage) {
    case (SourceNumber.fragment, _), (0, .fragment): return .fragment
    case (SourceNumber.vertex, _), (0, .vertex): return .vertex
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
