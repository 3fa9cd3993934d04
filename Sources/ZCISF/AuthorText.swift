package import ZCCore

/// A file's text as its author sees it: repaired to UTF-8, without a byte order mark, and with
/// the line and column of every byte.
package struct AuthorText: Hashable, Sendable {
  /// The path as the caller gave it; nil for source text without a file.
  package let path: String?
  package let bytes: [UInt8]
  private let lineStarts: [Int]

  /// Bytes that are no UTF-8 become U+FFFD; LF, CR LF and CR each end a line.
  package init(_ raw: [UInt8], path: String?) {
    var bytes = Array(String(decoding: raw, as: UTF8.self).utf8)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    var starts = [0]
    var previous: UInt8 = 0
    for (offset, byte) in bytes.enumerated() {
      if previous == .carriageReturn, byte != .lineFeed { starts.append(offset) }
      if byte == .lineFeed { starts.append(offset + 1) }
      previous = byte
    }
    if previous == .carriageReturn { starts.append(bytes.count) }
    self.path = path
    self.bytes = bytes
    self.lineStarts = starts
  }

  /// How many lines there are; text that ends in a line break has an empty last line.
  package var lineCount: Int { lineStarts.count }

  /// The line, from 1, that the byte at `offset` stands in.
  package func line(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// The line, from 1, and the column, from 1 and in Unicode scalars, of the byte at `offset`.
  package func place(of offset: Int) -> (line: Int, column: Int) {
    let line = line(of: offset)
    let range = range(ofLine: line)
    let lead = bytes[range.lowerBound..<min(max(offset, range.lowerBound), range.upperBound)]
    return (line, String(decoding: lead, as: UTF8.self).unicodeScalars.count + 1)
  }

  /// A line's bytes, without its line break; empty where there is no such line.
  package func range(ofLine line: Int) -> Range<Int> {
    guard line >= 1, line <= lineStarts.count else { return bytes.count..<bytes.count }
    let start = lineStarts[line - 1]
    var end = line < lineStarts.count ? lineStarts[line] : bytes.count
    while end > start, bytes[end - 1] == .lineFeed || bytes[end - 1] == .carriageReturn {
      end -= 1
    }
    return start..<end
  }

  /// A line as written, without its line break; nil where there is no such line.
  package func excerpt(ofLine line: Int) -> String? {
    guard line >= 1, line <= lineStarts.count else { return nil }
    return String(decoding: bytes[range(ofLine: line)], as: UTF8.self)
  }

  /// An issue at the byte at `offset`, quoting its line and marking the word there.
  package func issue(
    at offset: Int, _ message: String, hint: String? = nil,
    severity: SourceIssue.Severity = .error, code: String = Fault.glsl.rawValue
  ) -> SourceIssue {
    let (line, column) = place(of: offset)
    return SourceIssue(
      path: path, line: line, column: column, end: place(of: wordEnd(from: offset)).column,
      severity: severity, code: code, message: message, excerpt: excerpt(ofLine: line), hint: hint)
  }

  /// The header error for what stands at `offset`.
  func refusal(at offset: Int, _ message: String, hint: String? = nil) -> ZCError {
    .header(issue(at: offset, message, hint: hint, code: Fault.header.rawValue))
  }

  /// Where the name, number, string or mark at `offset` ends, in the same line.
  private func wordEnd(from offset: Int) -> Int {
    let line = bytes[range(ofLine: line(of: offset))]
    let rest = line.suffix(from: min(max(offset, line.startIndex), line.endIndex))
    guard let first = rest.first else { return rest.startIndex }
    if first == UInt8(ascii: "\""), let end = rest.dropFirst().firstIndex(of: first) {
      return end + 1
    }
    let word = rest.prefix(while: \.continuesIdentifier)
    guard word.isEmpty else { return word.endIndex }
    // The other bytes of a character that has more than one.
    return rest.dropFirst().firstIndex { $0 & 0xC0 != 0x80 } ?? rest.endIndex
  }
}
