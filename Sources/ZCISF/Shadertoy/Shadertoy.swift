internal import ZCCore

/// A shader of Shadertoy's: its passes in the order they are drawn, and what their channels show.
package struct Shadertoy: Sendable {
  /// What is not drawn here, but given: a picture, a video, a cube.
  struct Input: Sendable {
    enum Kind: Sendable { case image, cube }
    /// What it should be called.
    var name: String
    var kind: Kind
    var label: String?
  }

  enum Source: Hashable, Sendable {
    /// What a pass drew, by its place among them.
    case pass(Int)
    case input(Int)
    /// Nothing says what: the channel's number.
    case unknown(Int)
  }

  struct Pass: Sendable {
    /// As Shadertoy shows it: Buffer A, Image.
    var name: String
    /// A to D for buffers; nil for the image.
    var letter: String?
    var code: AuthorText
    /// By their numbers, 0 to 3.
    var channels: [Int: Source]
  }

  static let channels = 0..<4
  /// Four buffers, and the image.
  static let passLimit = 5
  /// Bytes of one pass's code: no real one has a twentieth of it.
  static let codeLimit = 1 << 20

  var description: String?
  var credit: String?
  var keywords: [String]
  /// What could not be converted as it was, in sentences.
  var notes: [String]
  var inputs: [Input]
  var common: AuthorText?
  /// The last is the image.
  var passes: [Pass]
}
