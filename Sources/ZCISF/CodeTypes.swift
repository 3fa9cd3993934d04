/// The types of the author's variables and functions, as far as they are certain: a name that is
/// declared with two types, in one function or beside a global one, has none.
struct CodeTypes {
  /// Forms of one name: nil for types that are not known.
  struct Signature: Hashable {
    var parameters: [GLSLType?]
    /// Which of the parameters are given a value by the caller alone.
    var isInput: [Bool]
    var result: GLSLType?
  }

  private enum Finding: Hashable {
    case known(GLSLType)
    /// Of different lengths.
    case vectors(GLSLType.Kind)
    case unknown
  }

  /// By name; under the place of a function's name, what is declared in it.
  private var globals: [String: Finding] = [:]
  private var locals: [Int: [String: Finding]] = [:]
  private var parameters: [Int: Set<String>] = [:]
  private(set) var signatures: [String: Set<Signature>] = [:]
  /// Names that stand for no constant wherever they are declared.
  private(set) var variables: Set<String> = []

  init(_ code: AuthorCode, _ outline: Outline, inputs: [InputDescription]) {
    for (name, type) in Self.builtIns { globals[name] = .known(type) }
    for input in inputs {
      globals[input.name] = Self.type(of: input.kind).map { .known($0) } ?? .unknown
    }
    variables = Set(globals.keys)
    var constants: Set<String> = []
    var scan = DeclarationScan()
    var functions = outline.functions[...]
    var isConst = false
    for (place, token) in code.code.enumerated() {
      if token.name == "const" { isConst = true }
      if token.isMark(";") || token.isMark("{") || token.isMark("}") { isConst = false }
      while let first = functions.first, place >= first.body?.upperBound ?? first.name {
        functions.removeFirst()
      }
      switch scan.step(token.word, next: code.code[safe: place + 1]?.word) {
      case .nothing, .function: continue
      case .variable(let name), .interface(let name, _):
        let function = functions.first.flatMap { $0.name < place ? $0 : nil }
        if function == nil, token.depth > 0 { continue }
        note(name, Self.type(scan.type, at: place, code), in: function?.name)
        if let function, let body = function.body, place < body.lowerBound {
          parameters[function.name, default: []].insert(name)
        }
        if isConst, function?.body?.contains(place) ?? true {
          constants.insert(name)
        } else {
          variables.insert(name)
        }
      }
    }
    variables.subtract(constants)
    for function in outline.functions { note(function, code) }
  }

  /// The type of a variable in the function whose name is at `function`.
  func type(of name: String, in function: Int?) -> GLSLType? {
    let found = function.flatMap { locals[$0]?[name] }
    // What a parameter hides is hidden in the whole function.
    let isParameter = function.map { parameters[$0]?.contains(name) == true } ?? false
    switch (found, isParameter ? nil : globals[name]) {
    case (.known(let type), nil), (nil, .known(let type)): return type
    case (.known(let one), .known(let other)): return one == other ? one : nil
    default: return nil
    }
  }

  /// The type of its elements, where the number of those is not certain.
  func element(of name: String, in function: Int?) -> GLSLType? {
    guard let function, globals[name] == nil, case .vectors(let kind)? = locals[function]?[name]
    else { return nil }
    return GLSLType(kind)
  }

  private static func both(_ old: Finding?, _ type: GLSLType?) -> Finding {
    guard let type else { return .unknown }
    let isVector = !type.isArray && type.count > 1
    switch old {
    case nil: return .known(type)
    case .known(let known)? where known == type: return .known(type)
    case .known(let known)?
    where isVector && !known.isArray && known.count > 1 && known.kind == type.kind:
      return .vectors(type.kind)
    case .vectors(type.kind)? where isVector: return .vectors(type.kind)
    default: return .unknown
    }
  }

  /// From the next place on the name stands for no constant.
  mutating func noteVariable(_ name: String) { variables.insert(name) }

  private mutating func note(_ name: String, _ type: GLSLType?, in function: Int?) {
    let old = function.map { locals[$0]?[name] } ?? globals[name]
    let new = Self.both(old, type)
    if let function { locals[function, default: [:]][name] = new } else { globals[name] = new }
  }

  private mutating func note(_ function: Outline.Function, _ code: AuthorCode) {
    guard let name = code.code[function.name].name else { return }
    func type(_ place: Int) -> GLSLType? {
      code.code[place].name.flatMap { code.macros.contains($0) ? nil : GLSLType($0) }
    }
    signatures[name, default: []].insert(
      Signature(
        parameters: function.parameters.map { $0.isArray ? nil : type($0.type) },
        isInput: function.parameters.map { !$0.isOutput },
        result: type(function.returnType)))
  }

  private static func type(_ word: String, at place: Int, _ code: AuthorCode) -> GLSLType? {
    guard !code.macros.contains(word), var type = GLSLType(word) else { return nil }
    guard let next = code.code[safe: place + 1], next.isMark("[") else { return type }
    guard let close = DeclarationReader(code.code).closing(of: place + 1),
      code.code[safe: close + 1]?.isMark("[") == false
    else { return nil }
    type.isArray = true
    return type
  }

  private static let builtIns: [String: GLSLType] = [
    "TIME": GLSLType(.float), "TIMEDELTA": GLSLType(.float), "RENDERSIZE": GLSLType(.float, 2),
    "DATE": GLSLType(.float, 4), "PASSINDEX": GLSLType(.int), "FRAMEINDEX": GLSLType(.int),
    "isf_FragNormCoord": GLSLType(.float, 2), "vv_FragNormCoord": GLSLType(.float, 2),
    "gl_FragCoord": GLSLType(.float, 4), "gl_FragColor": GLSLType(.float, 4),
  ]

  private static func type(of kind: InputDescription.Kind) -> GLSLType? {
    switch kind {
    case .float: GLSLType(.float)
    case .long: GLSLType(.int)
    case .bool, .event: GLSLType(.bool)
    case .point2D: GLSLType(.float, 2)
    case .point3D: GLSLType(.float, 3)
    case .color: GLSLType(.float, 4)
    default: nil
    }
  }
}
