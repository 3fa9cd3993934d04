/// How the fragment shader hands its colour on.
struct FragmentOutput: Sendable {
  /// The code uses `gl_FragData`, so the output is an array.
  let isArray: Bool
  /// `fragColor` is used and declared nowhere: it means the output.
  let adoptsFragColor: Bool
  /// The prelude must declare the output, as the author does not.
  let isOurs: Bool
  /// The code names an output at all.
  let isMentioned: Bool

  init(_ code: AuthorCode, names: NameMap) {
    isArray = code.mentioned.contains("gl_FragData")
    adoptsFragColor =
      code.mentioned.contains("fragColor") && !code.declared.contains("fragColor")
      && !code.macros.contains("fragColor") && !names.isInHeader("fragColor")
    let isLegacy = isArray || adoptsFragColor || code.mentioned.contains("gl_FragColor")
    let isDeclared = code.interface.contains {
      $0.direction == .output && $0.name != "gl_FragColor"
    }
    isOurs = isLegacy || !isDeclared
    isMentioned = isLegacy || isDeclared
  }

  /// What the colour is called.
  var color: String { isArray ? "isf_FragData[0]" : "isf_FragColor" }

  /// The prelude's declaration.
  var declaration: String {
    guard isOurs else { return "" }
    return isArray
      ? "layout(location = 0) out vec4 isf_FragData[gl_MaxDrawBuffers];\n"
      : "layout(location = 0) out vec4 isf_FragColor;\n"
  }
}
