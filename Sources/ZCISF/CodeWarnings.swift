internal import ZCCore

/// What code does that not every host allows.
struct CodeWarnings {
  private let code: CodeOutline
  private let description: ShaderDescription
  private let constants: ConstantExpressions

  init(_ code: CodeOutline, _ description: ShaderDescription) {
    self.code = code
    self.description = description
    constants = ConstantExpressions(code)
  }

  func all() -> [SourceIssue] {
    hiddenFunctions() + reservedNames() + globalStarts() + oldWords() + places()
      + IntFloat(code, description).all() + LoopBounds(code, description).all()
  }

  private func warning(
    _ rule: WarningRule, at word: Int, _ message: String, hint: String? = nil
  ) -> SourceIssue {
    code.text.warning(rule, at: code.words[safe: word]?.start ?? 0, message, hint: hint)
  }

  private func hiddenFunctions() -> [SourceIssue] {
    var seen: Set<String> = []
    return code.functions.filter {
      GLSLWords.builtInFunctions.contains($0.name) && seen.insert($0.name).inserted
    }.prefix(WarningRule.limit).map {
      warning(
        .hiddenFunction, at: $0.word,
        "'\($0.name)' hides a function of GLSL, which OpenGL ES forbids",
        hint: "give it another name")
    }
  }

  private func reservedNames() -> [SourceIssue] {
    var seen: Set<String> = []
    let declared =
      code.variables.map { ($0.name, $0.word) } + code.functions.map { ($0.name, $0.word) }
    return declared.filter {
      GLSLWords.formerNames.contains($0.0) && seen.insert($0.0).inserted
    }.prefix(WarningRule.limit).map {
      warning(
        .reservedName, at: $0.1, "'\($0.0)' is a word of GLSL: other hosts refuse it as a name")
    }
  }

  private func globalStarts() -> [SourceIssue] {
    var found: [SourceIssue] = []
    for variable in code.variables where variable.isGlobal && !variable.isExternal {
      guard found.count < WarningRule.limit else { break }
      guard let initial = variable.initial, let reason = constants.offender(in: initial) else {
        continue
      }
      found.append(
        warning(
          .globalStart, at: variable.word,
          "'\(variable.name)' begins with '\(reason)', which is no constant: OpenGL ES forbids that",
          hint: "set it at the beginning of main()"))
    }
    return found
  }

  private func oldWords() -> [SourceIssue] {
    var found = code.versions.prefix(1).map {
      code.text.warning(
        .glslVersion, at: $0, "#version is the host's to choose", hint: "leave the line out")
    }
    var output: Int?
    for (index, word) in code.words.enumerated() where word.isName {
      switch word.text {
      case "texture2DRect", "sampler2DRect", "texture2DRectProj", "samplerRect":
        guard found.count < WarningRule.limit else { break }
        found.append(
          warning(
            .rectTexture, at: index, "'\(word.text)' is not in OpenGL ES",
            hint: "IMG_PIXEL(image, pixel) takes pixels on every host"))
      case "gl_FragColor", "gl_FragData": output = output ?? index
      default: break
      }
    }
    let own = code.variables.first { variable in
      variable.isGlobal && variable.isExternal
        && code.words[..<variable.word].suffix(3).contains { $0.text == "out" }
    }
    if let own, let output {
      found.append(
        warning(
          .twoOutputs, at: output,
          "the shader has an output '\(own.name)' of its own beside '\(code.words[output].text)'",
          hint: "use one of them"))
    }
    return found
  }

  /// IMG_PIXEL and IMG_NORM_PIXEL with the other's coordinates.
  private func places() -> [SourceIssue] {
    let calls = code.words.indices.lazy.compactMap { index -> SourceIssue? in
      let word = code.words[index].text
      guard word == "IMG_PIXEL" || word == "IMG_NORM_PIXEL",
        code.words[safe: index + 1]?.text == "("
      else { return nil }
      let arguments = code.arguments(at: index + 1)
      guard arguments.count >= 2 else { return nil }
      let place = code.words[arguments[1]].map(\.text).joined()
      switch (word, place) {
      case ("IMG_PIXEL", "isf_FragNormCoord"), ("IMG_PIXEL", "vv_FragNormCoord"):
        return warning(
          .pixelPlace, at: index, "IMG_PIXEL takes pixels: a place from 0 to 1 is always the first",
          hint: "IMG_NORM_PIXEL takes a place from 0 to 1")
      case ("IMG_NORM_PIXEL", "gl_FragCoord.xy"), ("IMG_NORM_PIXEL", "isf_FragCoord.xy"):
        return warning(
          .pixelPlace, at: index, "IMG_NORM_PIXEL takes a place from 0 to 1, not pixels",
          hint: "IMG_PIXEL takes pixels")
      default: return nil
      }
    }
    return Array(calls.prefix(WarningRule.limit))
  }
}
