/// What `ZCGPU_LOG` can ask for, by its words.
package struct LogTopic: OptionSet, Sendable {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  // Bit 0 is the flight recorder's: one load tells whether anyone listens.
  package static let gl = LogTopic(rawValue: 1 << 1)
  package static let lease = LogTopic(rawValue: 1 << 2)
  package static let pool = LogTopic(rawValue: 1 << 3)
  package static let `import` = LogTopic(rawValue: 1 << 4)

  private static let words: [(word: String, topic: LogTopic)] = [
    ("gl", .gl), ("lease", .lease), ("pool", .pool), ("import", .import),
  ]

  package var word: String { Self.words.first { $0.topic == self }?.word ?? "zcgpu" }

  /// Reads words with commas between them.
  /// - Returns: what they ask for, and the words that are none.
  package static func parse(_ text: String) -> (topics: LogTopic, unknown: [String]) {
    var topics: LogTopic = []
    var unknown: [String] = []
    for part in text.split(separator: ",") {
      let word = part.filter { $0 != " " }.lowercased()
      if let known = words.first(where: { $0.word == word }) {
        topics.formUnion(known.topic)
      } else if !word.isEmpty {
        unknown.append(word)
      }
    }
    return (topics, unknown)
  }

  /// Those there are, for a message.
  package static var all: String { words.map(\.word).joined(separator: ", ") }
}
