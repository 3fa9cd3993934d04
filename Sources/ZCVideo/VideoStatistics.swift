package import ZCCore

/// What a video has done so far.
package struct VideoStatistics: Sendable {
  /// Frames that came out of the decoder, and of those the ones that nobody had asked for.
  package var decoded = 0
  package var dropped = 0
  /// How often the file was gone about in, and how often that led back to its beginning.
  package var seeks = 0
  package var rewinds = 0
  /// Packets and places that could not be read or decoded.
  package var failures = 0

  package var report: [(String, JSONText)] {
    [
      ("decoded", .integer(decoded)), ("dropped", .integer(dropped)), ("seeks", .integer(seeks)),
      ("rewinds", .integer(rewinds)), ("failures", .integer(failures)),
    ]
  }
}
