import ZCISF

/// How a description uses one of its targets: the pass that sizes it, and what it keeps.
struct TargetUse: Hashable, Sendable {
  let name: String
  /// The first pass that draws into it; beyond the last, of those that none does.
  let pass: Int
  let isPersistent: Bool
  let isFloat: Bool

  /// One for each target, in order of first use. A target is persistent, or of floats, when any
  /// of its passes says so.
  static func all(in description: ShaderDescription) -> [TargetUse] {
    let passes = description.passes + description.undrawn
    return description.targets.map { name in
      let uses = passes.filter { $0.target == name }
      return TargetUse(
        name: name, pass: passes.firstIndex { $0.target == name } ?? 0,
        isPersistent: uses.contains(where: \.isPersistent),
        isFloat: uses.contains(where: \.isFloat))
    }
  }
}
