import ZCCore
import ZCISF

extension ShaderDescription {
  /// The message for a name that no input has: the nearest one, and all there are.
  func unknownInput(_ name: String) -> String {
    guard !inputs.isEmpty else { return "no input '\(name)': this shader has no inputs" }
    let names = inputs.map(\.name)
    let guess = NearestName.of(name, among: names).map { "; did you mean '\($0)'?" } ?? ""
    let all = names.prefix(24).joined(separator: ", ") + (names.count > 24 ? ", …" : "")
    return "no input '\(name)'\(guess) (the inputs are \(all))"
  }
}
