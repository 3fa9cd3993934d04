/// Which name was meant by a misspelt one.
package enum NearestName {
  /// The name that takes the fewest letters to add, drop or change, in whatever case; nil where
  /// that is more than a third of them.
  package static func of(_ name: String, among names: [String]) -> String? {
    let word = letters(name)
    let limit = Swift.max(1, (word.count + 1) / 3)
    var nearest: (name: String, distance: Int)?
    for candidate in names {
      let other = letters(candidate)
      // The lengths alone need so many.
      guard abs(other.count - word.count) <= limit else { continue }
      let distance = distance(word, other)
      if distance <= limit, distance < nearest?.distance ?? .max { nearest = (candidate, distance) }
    }
    return nearest?.name
  }

  private static func letters(_ name: String) -> [UInt8] {
    Array(name.lowercased().utf8.prefix(64))
  }

  /// How many letters to add, drop or change (Levenshtein).
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let change = diagonal + (x == y ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = Swift.min(change, row[j] + 1, diagonal + 1)
      }
    }
    return row[b.count]
  }
}
