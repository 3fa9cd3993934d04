internal import ZCCore

/// What a header declares and the code does not use, or not in time.
struct UseWarnings {
  private let description: ShaderDescription
  private let object: HeaderObject
  private let text: AuthorText
  /// Every name in either text.
  private let mentioned: Set<String>

  init(
    _ description: ShaderDescription, _ object: HeaderObject, in text: AuthorText,
    _ code: CodeOutline, _ vertexCode: CodeOutline?
  ) {
    self.description = description
    self.object = object
    self.text = text
    mentioned = code.mentioned.union(vertexCode?.mentioned ?? [])
  }

  func all() throws(ZCError) -> [SourceIssue] {
    var found: [SourceIssue] = []
    var sizes: Set<String> = []
    for pass in description.passes {
      sizes.formUnion((pass.width?.variables ?? []).map(\.name))
      sizes.formUnion((pass.height?.variables ?? []).map(\.name))
    }
    for input in try object.objects("INPUTS", what: "an object for each input") ?? [] {
      guard let name = input.text("NAME") else { continue }
      let place = input.value("NAME")?.offset ?? input.offset
      if !isUsed(name), !sizes.contains(name) {
        found.append(text.warning(.unusedInput, at: place, "input '\(name)' is not used"))
      }
      found += reserved(name, at: place)
    }
    let passes = try object.objects("PASSES", what: "an object for each pass") ?? []
    for (index, pass) in passes.enumerated() {
      guard let name = pass.text("TARGET"), !name.isEmpty else { continue }
      let place = pass.value("TARGET")?.offset ?? pass.offset
      found += reserved(name, at: place)
      let isLast = index == passes.count - 1
      if !isUsed(name) {
        guard !isLast else { continue }
        found.append(
          text.warning(.unreadTarget, at: place, "nothing reads the buffer '\(name)'"))
      } else if isLast, isDrawnOnlyLast(name) {
        found.append(
          text.warning(
            .earlyRead, at: place,
            "the buffer '\(name)' is read before it is drawn: it is always transparent black",
            hint: "\"PERSISTENT\": true keeps it for the next frame"))
      }
    }
    return found
  }

  private func isDrawnOnlyLast(_ name: String) -> Bool {
    let drawing = description.passes.indices.filter { description.passes[$0].target == name }
    return drawing == [description.passes.count - 1]
      && !description.passes.contains { $0.target == name && $0.isPersistent }
  }

  private func isUsed(_ name: String) -> Bool {
    mentioned.contains(name) || mentioned.contains("_\(name)_imgRect")
      || mentioned.contains("_\(name)_imgSize") || mentioned.contains("_\(name)_flip")
  }

  private func reserved(_ name: String, at offset: Int) -> [SourceIssue] {
    guard let reason = GLSLWords.reservation(of: name) else { return [] }
    return [
      text.warning(
        .reservedName, at: offset, "'\(name)' \(reason): other hosts refuse it as a name")
    ]
  }
}

extension GLSLWords {
  /// Why some compilers refuse a name that is fine here.
  static func reservation(of name: String) -> String? {
    if formerNames.contains(name) { return "is a word of GLSL" }
    if calledFunctions.contains(name) { return "is a function that ISF's own call" }
    if name.contains("__") { return "has two underscores together" }
    return nil
  }
}
