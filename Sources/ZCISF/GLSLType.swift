/// A number or a vector of GLSL, or an array of those.
struct GLSLType: Hashable, Sendable {
  /// What its components are, from what converts to what takes it.
  enum Kind: Int, Sendable {
    case bool
    case int
    case uint
    case float
  }

  var kind: Kind
  var count: Int
  var isArray = false

  init(_ kind: Kind, _ count: Int = 1) {
    self.kind = kind
    self.count = count
  }

  /// nil for any other type.
  init?(_ name: String) {
    switch name {
    case "float": self.init(.float)
    case "int": self.init(.int)
    case "uint": self.init(.uint)
    case "bool": self.init(.bool)
    case "vec2", "vec3", "vec4": self.init(.float, Self.count(name))
    case "ivec2", "ivec3", "ivec4": self.init(.int, Self.count(name))
    case "uvec2", "uvec3", "uvec4": self.init(.uint, Self.count(name))
    case "bvec2", "bvec3", "bvec4": self.init(.bool, Self.count(name))
    default: return nil
    }
  }

  /// What makes one of other numbers.
  var name: String {
    let (scalar, vector) =
      switch kind {
      case .float: ("float", "vec")
      case .int: ("int", "ivec")
      case .uint: ("uint", "uvec")
      case .bool: ("bool", "bvec")
      }
    return count == 1 ? scalar : "\(vector)\(count)"
  }

  var isNumber: Bool { !isArray && kind != .bool }
  var isScalar: Bool { !isArray && count == 1 }

  var element: GLSLType { GLSLType(kind, count) }

  private static func count(_ name: String) -> Int {
    name.utf8.last.map { Int($0) - Int(UInt8(ascii: "0")) } ?? 1
  }
}
