internal import ZCCore

/// Reading the header's own keys.
extension ShaderDescription {
  init(_ header: HeaderObject, name: String) throws(ZCError) {
    try Self.refuseUnsupported(header)
    let inputs = try Self.inputs(header)
    var kinds: [String: InputDescription.Kind] = [:]
    for input in inputs { kinds[input.name] = input.kind }
    let imports = try ImportDescription.all(header, inputs: kinds)
    let pictures = Set(imports.map(\.name))
    var passes: [PassDescription] = []
    for pass in try header.objects("PASSES", what: "an object for each pass") ?? [] {
      passes.append(try PassDescription(pass, inputs: kinds, pictures: pictures))
    }
    self.init(
      name: name, description: try header.string("DESCRIPTION"),
      credit: try header.string("CREDIT"), isfVersion: try header.string("ISFVSN"),
      version: try header.string("VSN"), categories: try header.strings("CATEGORIES") ?? [],
      keywords: try header.strings("KEYWORDS") ?? [], inputs: inputs, imports: imports,
      passes: passes.isEmpty ? [PassDescription()] : passes)
  }

  private static func inputs(_ header: HeaderObject) throws(ZCError) -> [InputDescription] {
    var inputs: [InputDescription] = []
    var names: Set<String> = []
    for object in try header.objects("INPUTS", what: "an object for each input") ?? [] {
      let input = try InputDescription(object)
      guard names.insert(input.name).inserted else {
        throw object.refusal("there are two inputs '\(input.name)'", at: "NAME")
      }
      inputs.append(input)
    }
    return inputs
  }

  /// What a header may ask for and cannot have is an error, never silence.
  private static func refuseUnsupported(_ header: HeaderObject) throws(ZCError) {
    if let version = try header.string("ISFVSN"),
      !["1", "2"].contains(version.prefix { $0 != "." })
    {
      throw header.refusal(
        "ISFVSN \(version) is not supported yet", at: "ISFVSN", hint: "the versions are 1 and 2")
    }
    for key in ["PERSISTENT_BUFFERS"] {
      switch header.value(key)?.content {
      case nil: break
      case .array(let values) where values.isEmpty: break
      case .object(let members) where members.isEmpty: break
      default: throw header.refusal("\(key) is not supported yet", at: key)
      }
    }
  }
}
