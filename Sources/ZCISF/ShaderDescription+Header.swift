internal import ZCCore

/// Reading the header's own keys.
extension ShaderDescription {
  init(_ header: HeaderObject, name: String) throws(ZCError) {
    try Self.refuseUnknownVersion(header)
    let inputs = try Self.inputs(header)
    var names = HeaderNames(header.text, inputs: inputs)
    let imports = try ImportDescription.all(header, &names)
    let buffers = try PassDescription.buffers(header, names)
    var passes: [PassDescription] = []
    for pass in try header.objects("PASSES", what: "an object for each pass") ?? [] {
      passes.append(try PassDescription(pass, names))
    }
    try header.refuse(beyond: HeaderLimit.passes, passes.count, "PASSES")
    let merged = PassDescription.merge(passes, buffers)
    self.init(
      name: name, description: try header.string("DESCRIPTION"),
      credit: try header.string("CREDIT"), isfVersion: try header.string("ISFVSN"),
      version: try header.string("VSN"), categories: try header.strings("CATEGORIES") ?? [],
      keywords: try header.strings("KEYWORDS") ?? [], inputs: inputs, imports: imports,
      passes: passes.isEmpty ? [PassDescription()] : merged.passes, undrawn: merged.undrawn)
  }

  private static func inputs(_ header: HeaderObject) throws(ZCError) -> [InputDescription] {
    let objects = try header.objects("INPUTS", what: "an object for each input") ?? []
    try header.refuse(beyond: HeaderLimit.inputs, objects.count, "INPUTS")
    var inputs: [InputDescription] = []
    var names: Set<String> = []
    for object in objects {
      let input = try InputDescription(object)
      guard names.insert(input.name).inserted else {
        throw object.refusal("there are two inputs '\(input.name.brief)'", at: "NAME")
      }
      inputs.append(input)
    }
    return inputs
  }

  private static func refuseUnknownVersion(_ header: HeaderObject) throws(ZCError) {
    guard let version = try header.string("ISFVSN"), !version.isEmpty,
      !["1", "2"].contains(version.prefix { $0 != "." })
    else { return }
    throw header.refusal(
      "there is no ISFVSN \(version.brief)", at: "ISFVSN", hint: "the versions are 1 and 2")
  }
}
