package import ZCCore

extension ParsedShader {
  /// Refuses more textures than the driver lets one shader read. It would say so in words of its
  /// own, or crash. Those that the code does not mention do not count.
  package func checkSamplers(limit: Int) throws(ZCError) {
    guard description.samplers.count > limit else { return }
    var mentioned = AuthorCode(fragment, without: header).mentioned
    if let vertex { mentioned.formUnion(AuthorCode(vertex).mentioned) }
    let read = description.samplers.map(\.name).filter { name in
      mentioned.contains(name) || NameMap.companions(of: name).contains(where: mentioned.contains)
    }
    guard read.count > limit, let surplus = read[safe: limit] else { return }
    let line =
      description.inputs.first { $0.name == surplus }?.line
      ?? description.imports.first { $0.name == surplus }?.line
    let place = line.map { fragment.range(ofLine: $0).lowerBound } ?? header.lowerBound
    throw fragment.refusal(
      at: place,
      "the shader reads \(read.count) images, this driver lets it read \(limit); '\(surplus)' is the "
        + "first too many",
      hint: "inputs, imported pictures and TARGETs count alike, where the code mentions them")
  }
}
