/// GLSL's own functions, as far as authors write some of the same name.
enum BuiltInFunction {
  /// A parameter or result: a type, or as many components as the others have.
  enum Kind: Character, Sendable {
    case floats = "G"
    case float = "f"
    case ints = "I"
    case int = "i"
    case uints = "U"
    case uint = "u"
    case bools = "B"
    case vec3 = "w"

    /// Its type with `count` components.
    func type(count: Int) -> String {
      switch self {
      case .floats: count == 1 ? "float" : "vec\(count)"
      case .ints: count == 1 ? "int" : "ivec\(count)"
      case .uints: count == 1 ? "uint" : "uvec\(count)"
      case .bools: count == 1 ? "bool" : "bvec\(count)"
      case .float: "float"
      case .int: "int"
      case .uint: "uint"
      case .vec3: "vec3"
      }
    }

    var isGeneric: Bool {
      switch self {
      case .floats, .ints, .uints, .bools: true
      case .float, .int, .uint, .vec3: false
      }
    }
  }

  struct Form: Sendable {
    var parameters: [Kind]
    var result: Kind

    /// The form for each number of components.
    var types: [Types] {
      let counts = parameters.contains(where: \.isGeneric) ? 1...4 : 1...1
      return counts.map { count in
        Types(
          parameters: parameters.map { $0.type(count: count) }, result: result.type(count: count))
      }
    }
  }

  /// A form with its types' names.
  struct Types: Hashable, Sendable {
    var parameters: [String]
    var result: String
  }

  /// The forms of each function (sections 8.1 to 8.5 of the GLSL specification).
  static let forms: [String: [Form]] = {
    var forms: [String: [Form]] = [:]
    for line in table.split(separator: "\n") {
      let parts = line.split(separator: ":")
      guard parts.count == 2, let patterns = parts.last else { continue }
      let read = patterns.split(separator: " ").compactMap { pattern -> Form? in
        let kinds = pattern.compactMap(Kind.init)
        guard let result = kinds.last else { return nil }
        return Form(parameters: Array(kinds.dropLast()), result: result)
      }
      for name in parts[0].split(separator: " ") { forms[String(name)] = read }
    }
    return forms
  }()

  /// Parameters, then the result.
  private static let table = """
    radians degrees sin cos tan asin acos sinh cosh tanh asinh acosh atanh:GG
    exp log exp2 log2 sqrt inversesqrt floor trunc round roundEven ceil fract normalize:GG
    abs sign:GG II
    atan:GGG GG
    pow reflect:GGG
    mod:GGG GfG
    min max:GGG GfG III IiI UUU UuU
    clamp:GGGG GffG IIII IiiI UUUU UuuU
    mix:GGGG GGfG GGBG
    step:GGG fGG
    smoothstep:GGGG ffGG
    length:Gf
    distance dot:GGf
    cross:www
    faceforward:GGGG
    refract:GGfG
    isnan isinf:GB
    dFdx dFdy fwidth:GG
    """
}
