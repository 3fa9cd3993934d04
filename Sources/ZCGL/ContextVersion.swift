/// A GL and its version.
package struct ContextVersion: Hashable, Sendable, CustomStringConvertible {
  package let isES: Bool
  package let major: Int32
  package let minor: Int32

  package init(isES: Bool, major: Int32, minor: Int32) {
    self.isES = isES
    self.major = major
    self.minor = minor
  }

  package var description: String {
    isES ? "OpenGL ES \(major).\(minor)" : "OpenGL \(major).\(minor) core"
  }

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
