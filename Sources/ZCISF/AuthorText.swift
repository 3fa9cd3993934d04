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

  /// The line, from 1, and the column, from 1 and in characters, of the byte at `offset`.
  package func place(of offset: Int) -> (line: Int, column: Int) {
    let line = line(of: offset)
    let range = range(ofLine: line)
    let lead = bytes[range.lowerBound..<min(max(offset, range.lowerBound), range.upperBound)]
    return (line, String(decoding: lead, as: UTF8.self).count + 1)
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

  /// An issue at the byte at `offset`, quoting its line.
  package func issue(at offset: Int, _ message: String, hint: String? = nil) -> SourceIssue {
    let (line, column) = place(of: offset)
    return SourceIssue(
      path: path, line: line, column: column, message: message,
      excerpt: excerpt(ofLine: line), hint: hint)
  }

  /// The header error for what stands at `offset`.
  func refusal(at offset: Int, _ message: String, hint: String? = nil) -> ZCError {
    .header(issue(at: offset, message, hint: hint))
  }
}
