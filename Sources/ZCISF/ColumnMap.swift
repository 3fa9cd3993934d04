/// Where columns of rewritten text stood in the author's: line numbers are the same.
struct ColumnMap: Sendable {
  private struct Edit {
    var line: Int
    /// In bytes from the beginning of the rewritten line.
    var column: Int
    var length: Int
    var authorLength: Int
  }

  /// In the order of the text.
  private var edits: [Edit] = []

  /// Notes that `authorLength` bytes became the `length` bytes at `column`.
  mutating func note(line: Int, column: Int, length: Int, authorLength: Int) {
    edits.append(Edit(line: line, column: column, length: length, authorLength: authorLength))
  }

  /// The author's byte in its line, from 0, of the byte `column` of the rewritten line, from 0.
  func authorColumn(line: Int, column: Int) -> Int {
    var shift = 0
    for edit in edits[first(ofLine: line)...] {
      guard edit.line == line, edit.column <= column else { break }
      if column < edit.column + edit.length { return edit.column + shift }
      shift += edit.authorLength - edit.length
    }
    return column + shift
  }

  /// The first edit in `line` or behind it.
  private func first(ofLine line: Int) -> Int {
    var low = 0
    var high = edits.count
    while low < high {
      let middle = (low + high) / 2
      if edits[middle].line < line { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
