/// A GL and its version.
package struct ContextVersion: Hashable, Sendable, CustomStringConvertible {
  package let isES: Bool
  package let major: Int32
  package let minor: Int32
  /// OpenGL with what the core profile has dropped. We make none such, but may borrow one.
  package var isCompatibility = false

  package init(isES: Bool, major: Int32, minor: Int32) {
    self.isES = isES
    self.major = major
    self.minor = minor
  }

  /// Reads what `GL_VERSION` says: "4.5 (Core Profile) Mesa 22.3.6", "OpenGL ES 3.2 Mesa 22.3.6".
  package init?(_ text: String) {
    let embedded = "OpenGL ES"
    let isES = text.hasPrefix(embedded)
    let rest = text.drop { !$0.isNumber }
    let numbers = rest.prefix { $0.isNumber || $0 == "." }.split(separator: ".")
    guard numbers.count >= 2, let major = Int32(numbers[0]), let minor = Int32(numbers[1])
    else { return nil }
    self.init(isES: isES, major: major, minor: minor)
  }

  package var description: String {
    if isES { return "OpenGL ES \(major).\(minor)" }
    return "OpenGL \(major).\(minor) \(isCompatibility ? "compatibility" : "core")"
  }

  /// The lowest versions that can be drawn with: OpenGL 3.3, OpenGL ES 3.0.
  package var isEnough: Bool { (major, minor) >= (isES ? (3, 0) : (3, 3)) }

  /// Which GL a caller wants.
  package enum Wish: Sendable { case auto, gl, es }

  /// What to ask for, best first: desktop 4.5 core, 3.3 core, then ES 3.2, 3.1; nothing above
  /// `highest`, where that is given.
  package static func ladder(_ wish: Wish, highest: (major: Int32, minor: Int32)? = nil)
    -> [ContextVersion]
  {
    let desktop = [
      ContextVersion(isES: false, major: 4, minor: 5),
      ContextVersion(isES: false, major: 3, minor: 3),
    ]
    let embedded = [
      ContextVersion(isES: true, major: 3, minor: 2),
      ContextVersion(isES: true, major: 3, minor: 1),
    ]
    let wanted =
      switch wish {
      case .auto: desktop + embedded
      case .gl: desktop
      case .es: embedded
      }
    guard let highest else { return wanted }
    return wanted.filter { ($0.major, $0.minor) <= highest }
  }
}
