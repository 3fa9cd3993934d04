internal import ZCCore

/// The names that a header has given so far, and what they are of.
struct HeaderNames {
  let text: AuthorText
  private(set) var inputs: [String: InputDescription.Kind] = [:]
  private(set) var imports: Set<String> = []

  init(_ text: AuthorText, inputs: [InputDescription]) {
    self.text = text
    for input in inputs { self.inputs[input.name] = input.kind }
  }

  /// Adds an imported picture's name, unless it is taken.
  mutating func add(import name: String, in object: HeaderObject) throws(ZCError) {
    guard inputs[name] == nil else {
      throw object.refusal(
        "the imported picture '\(name.brief)' is already the NAME of an input", at: "NAME")
    }
    guard imports.insert(name).inserted else {
      throw object.refusal("there are two imported pictures '\(name.brief)'", at: "NAME")
    }
  }

  /// Refuses a name that no buffer can have; `noun` is TARGET or persistent buffer.
  func check(target name: String, of noun: String, at offset: Int) throws(ZCError) {
    if let fault = GLSLWords.fault(inName: name) {
      let what = noun == "TARGET" ? "the TARGET of a pass" : "the name of a \(noun)"
      throw text.refusal(at: offset, "'\(name.brief)' cannot be \(what): \(fault)")
    }
    guard inputs[name] == nil else {
      throw text.refusal(at: offset, "\(noun) '\(name.brief)' is already the NAME of an input")
    }
    guard !imports.contains(name) else {
      throw text.refusal(
        at: offset, "\(noun) '\(name.brief)' is already the name of an imported picture")
    }
  }

  /// A size may use the name.
  func isNumber(_ name: String) -> Bool {
    if name == "WIDTH" || name == "HEIGHT" { return true }
    return switch inputs[name] {
    case .event, .bool, .long, .float: true
    case .point2D, .point3D, .color, .image, .audio, .audioFFT, .cube, nil: false
    }
  }
}

/// What a size uses and cannot, in words.
extension HeaderNames {
  static let usable =
    "a size may use $WIDTH, $HEIGHT and inputs of type float, long, bool and event"

  func notNumber(_ variable: SizeExpression.Variable) -> String {
    "input '\(variable.name.brief)' is no number"
  }

  func unknown(_ variable: SizeExpression.Variable) -> String {
    let name = variable.name.brief
    return variable.isMarked
      ? "there is no input '\(name)'" : "there is no input, function or constant '\(name)'"
  }

  /// The nearest name that would do, as a hint.
  func guess(_ variable: SizeExpression.Variable) -> String? {
    let numbers = ["WIDTH", "HEIGHT"] + inputs.keys.filter(isNumber).sorted()
    if let near = NearestName.of(variable.name, among: numbers) {
      return "did you mean '$\(near)'?"
    }
    return SizeFunction.guess(variable.name)
  }
}
