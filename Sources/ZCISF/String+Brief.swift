/// What a message quotes of a caller's text.
extension String {
  /// The first 40 characters: a name in a file may be a million long.
  var brief: String {
    let scalars = unicodeScalars
    guard scalars.count > 40 else { return self }
    return String(String.UnicodeScalarView(scalars.prefix(40))) + "…"
  }
}
