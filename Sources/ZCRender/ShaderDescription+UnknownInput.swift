import ZCISF

extension ShaderDescription {
  /// The message for a name that no input has: the nearest one, and all there are.
  func unknownInput(_ name: String) -> String {
    guard !inputs.isEmpty else { return "no input '\(name)': this shader has no inputs" }
    let names = inputs.map(\.name)
    let near = names.map { ($0, Self.distance(name.lowercased(), $0.lowercased())) }
      .min { $0.1 < $1.1 }
    let guess =
      if let near, near.1 <= Swift.max(1, (name.utf8.count + 1) / 3) {
        "; did you mean '\(near.0)'?"
      } else {
        ""
      }
    let all = names.prefix(24).joined(separator: ", ") + (names.count > 24 ? ", …" : "")
    return "no input '\(name)'\(guess) (the inputs are \(all))"
  }

  /// How many letters to add, drop or change (Levenshtein), over the first 64 bytes.
  private static func distance(_ a: String, _ b: String) -> Int {
    let a = Array(a.utf8.prefix(64))
    let b = Array(b.utf8.prefix(64))
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
