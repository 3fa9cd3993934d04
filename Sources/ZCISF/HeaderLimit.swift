/// How much of anything a header may hold: a hundred times what real ones do, and little enough
/// that none costs noticeable time or memory.
enum HeaderLimit {
  /// The whole file, in bytes.
  static let file = 8 << 20
  /// The header comment, in bytes.
  static let header = 1 << 20
  /// Arrays and objects in JSON, or parentheses and signs in an expression, within each other.
  static let depth = 64
  static let inputs = 1024
  static let imports = 64
  static let passes = 256
  /// Persistent buffers that no pass need draw into.
  static let buffers = 64
}
