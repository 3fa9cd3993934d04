package import ZCCore

/// A file's path: bytes as the system has them, whatever they are as text.
package struct MediaPath: Sendable {
  /// With NUL behind.
  let bytes: [CChar]
  /// For people.
  package let name: String

  /// What it is in a report: text, or its bytes where they are none.
  var report: JSONText {
    let bytes = self.bytes.dropLast().map { UInt8(bitPattern: $0) }
    return bytes.elementsEqual(name.utf8) ? .string(name) : .array(bytes.map { .integer(Int($0)) })
  }

  /// - Throws: `invalidArgument` for one that is empty or has a NUL in it.
  package init(_ bytes: [UInt8]) throws(ZCError) {
    guard !bytes.isEmpty else { throw .invalidArgument("the path of a file is empty") }
    guard !bytes.contains(0) else {
      throw .invalidArgument("the path of a file has a NUL character in it")
    }
    self.bytes = bytes.map { CChar(bitPattern: $0) } + [0]
    name = String(decoding: bytes, as: UTF8.self)
  }
}
