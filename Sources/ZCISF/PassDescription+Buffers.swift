internal import ZCCore

/// PERSISTENT_BUFFERS, which headers of ISF's first version have.
extension PassDescription {
  /// What the header says of its persistent buffers, as passes that would draw into them: an array
  /// of names, or an object of named sizes.
  static func buffers(
    _ header: HeaderObject, _ names: HeaderNames
  ) throws(ZCError) -> [PassDescription] {
    let key = "PERSISTENT_BUFFERS"
    guard let value = header.value(key) else { return [] }
    var buffers: [PassDescription] = []
    if case .object = value.content {
      for entry in try header.entries(key, what: "an object for each persistent buffer") {
        guard let name = entry.name else { continue }
        try names.check(target: name, of: "persistent buffer", at: entry.object.offset)
        buffers.append(
          PassDescription(
            target: name, width: try size(entry.object, "WIDTH", names),
            height: try size(entry.object, "HEIGHT", names), isPersistent: true,
            isFloat: try entry.object.flag("FLOAT") ?? false))
      }
    } else {
      for name in try header.strings(key) ?? [] {
        try names.check(target: name, of: "persistent buffer", at: value.offset)
        buffers.append(PassDescription(target: name, isPersistent: true))
      }
    }
    try header.refuse(beyond: HeaderLimit.buffers, buffers.count, key)
    return buffers
  }

  /// The passes, each with all that is said of its target: by PERSISTENT_BUFFERS and by any pass,
  /// of sizes what is said last. And the buffers that no pass draws into.
  static func merge(
    _ passes: [PassDescription], _ buffers: [PassDescription]
  ) -> (passes: [PassDescription], undrawn: [PassDescription]) {
    var targets: [String: PassDescription] = [:]
    for said in buffers + passes {
      guard let name = said.target else { continue }
      var target = targets[name] ?? PassDescription(target: name)
      target.width = said.width ?? target.width
      target.height = said.height ?? target.height
      target.isPersistent = target.isPersistent || said.isPersistent
      target.isFloat = target.isFloat || said.isFloat
      targets[name] = target
    }
    let merged = passes.map { pass in
      guard let name = pass.target, var target = targets[name] else { return pass }
      target.description = pass.description
      return target
    }
    let drawn = Set(passes.compactMap(\.target))
    var seen: Set<String> = drawn
    let undrawn = buffers.compactMap(\.target).filter { seen.insert($0).inserted }
    return (merged, undrawn.compactMap { targets[$0] })
  }
}
