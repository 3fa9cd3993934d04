internal import ZCCore

/// The uniforms of Shadertoy that a shader mentions, as globals that `main` sets: unlike macros
/// they can be parameters' and variables' names too, and unlike those they can be arrays.
struct ShadertoyUniforms: Sendable {
  /// Where the mouse is: all that most shaders ask.
  private enum Mouse { case none, place, clicks }

  private let mentioned: Set<String>
  private let mouse: Mouse
  /// What the mouse's inputs are called.
  private let names: [String]

  private static let plain: [(type: String, name: String, value: String)] = [
    ("vec3", "iResolution", "vec3(RENDERSIZE, 1.0)"),
    ("float", "iTime", "TIME"),
    ("float", "iGlobalTime", "TIME"),
    ("float", "iTimeDelta", "TIMEDELTA"),
    ("int", "iFrame", "FRAMEINDEX"),
    // Nothing has passed before the first frame.
    ("float", "iFrameRate", "TIMEDELTA > 0.0 ? 1.0 / TIMEDELTA : 60.0"),
    // Months begin with 0 there, as JavaScript's do.
    ("vec4", "iDate", "DATE - vec4(0.0, 1.0, 0.0, 0.0)"),
    ("float", "iSampleRate", "44100.0"),
  ]

  /// All names that a shader of Shadertoy finds declared, but for its channels.
  static let names: Set<String> = Set(plain.map(\.name)).union([
    "iMouse", "iChannelTime", "iChannelResolution",
  ])

  init(_ units: [ShadertoyUnit], naming unique: (String) -> String) {
    mentioned = units.reduce(into: []) { $0.formUnion($1.code.mentioned) }
    let asksClicks = units.contains { Self.asksClicks($0.code) }
    mouse = !mentioned.contains("iMouse") ? .none : asksClicks ? .clicks : .place
    names = ["mouse", "mouseClick", "mouseDown", "mousePressed"].map(unique)
  }

  /// Anything but `iMouse.xy` and the like.
  private static func asksClicks(_ code: AuthorCode) -> Bool {
    for (index, token) in code.tokens.enumerated()
    where token.kind == .identifier && code.string(token) == "iMouse" {
      let next = code.tokens[(index + 1)...].lazy.filter { !$0.isSpace }.prefix(2)
      let words = next.map { code.string($0) }
      guard words.first == ".", let members = words.dropFirst().first,
        members.allSatisfy({ "xyrgst".contains($0) })
      else { return true }
    }
    return false
  }

  /// The header's inputs for the mouse.
  var inputs: [JSONText] {
    switch mouse {
    case .none: []
    case .place: [Self.point(names[0])]
    case .clicks:
      [
        Self.point(names[0]), Self.point(names[1]),
        .object([
          ("NAME", .string(names[2])), ("TYPE", .string("bool")), ("DEFAULT", .bool(false)),
        ]),
        .object([("NAME", .string(names[3])), ("TYPE", .string("event"))]),
      ]
    }
  }

  private static func point(_ name: String) -> JSONText {
    .object([
      ("NAME", .string(name)), ("TYPE", .string("point2D")),
      ("DEFAULT", .array([.integer(0), .integer(0)])), ("MIN", .array([.integer(0), .integer(0)])),
      ("MAX", .array([.integer(1), .integer(1)])),
    ])
  }

  var declarations: String {
    var text = ""
    for (type, name, _) in Self.plain where mentioned.contains(name) {
      text += "\(type) \(name);\n"
    }
    if mouse != .none { text += "vec4 iMouse;\n" }
    if mentioned.contains("iChannelTime") { text += "float iChannelTime[4];\n" }
    if mentioned.contains("iChannelResolution") { text += "vec3 iChannelResolution[4];\n" }
    return text
  }

  /// The statements that set what is the same in all passes.
  var statements: String {
    var text = ""
    for (_, name, value) in Self.plain where mentioned.contains(name) {
      text += "  \(name) = \(value);\n"
    }
    switch mouse {
    case .none: break
    case .place: text += "  iMouse = vec4(\(names[0]) * RENDERSIZE, 0.0, 0.0);\n"
    case .clicks:
      text += """
          iMouse = vec4(\(names[0]), \(names[1])) * vec4(RENDERSIZE, RENDERSIZE);
          if (!\(names[2])) iMouse.z = -iMouse.z;
          if (!\(names[3])) iMouse.w = -iMouse.w;

        """
    }
    if mentioned.contains("iChannelTime") {
      text += "  for (int i = 0; i < 4; i++) iChannelTime[i] = TIME;\n"
    }
    return text
  }

  /// The statement that sets what a pass sees of the size of a channel.
  func statement(channel: Int, image: String, _ kind: Shadertoy.Input.Kind) -> String {
    guard mentioned.contains("iChannelResolution") else { return "" }
    let size = kind == .cube ? "vec2(textureSize(\(image), 0))" : "IMG_SIZE(\(image))"
    return "iChannelResolution[\(channel)] = vec3(\(size), 1.0);"
  }
}
