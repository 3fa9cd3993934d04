internal import ZCCore

/// Reading one entry of PASSES.
extension PassDescription {
  /// `inputs` are those whose value a size may use, and all others; `pictures` the imported ones.
  init(
    _ object: HeaderObject, inputs: [String: InputDescription.Kind], pictures: Set<String>
  ) throws(ZCError) {
    self.init(
      target: try Self.target(object, inputs: inputs, pictures: pictures),
      width: try Self.size(object, "WIDTH", inputs: inputs),
      height: try Self.size(object, "HEIGHT", inputs: inputs),
      isPersistent: try object.flag("PERSISTENT") ?? false,
      isFloat: try object.flag("FLOAT") ?? false,
      description: try object.string("DESCRIPTION"))
  }

  private static func target(
    _ object: HeaderObject, inputs: [String: InputDescription.Kind], pictures: Set<String>
  ) throws(ZCError) -> String? {
    guard let name = try object.string("TARGET"), !name.isEmpty else { return nil }
    if let fault = GLSLWords.fault(inName: name) {
      throw object.refusal("'\(name)' cannot be the TARGET of a pass: \(fault)", at: "TARGET")
    }
    guard inputs[name] == nil else {
      throw object.refusal("TARGET '\(name)' is already the NAME of an input", at: "TARGET")
    }
    guard !pictures.contains(name) else {
      throw object.refusal(
        "TARGET '\(name)' is already the name of an imported picture", at: "TARGET")
    }
    return name
  }

  private static func size(
    _ object: HeaderObject, _ key: String, inputs: [String: InputDescription.Kind]
  ) throws(ZCError) -> SizeExpression? {
    guard let value = object.value(key) else { return nil }
    let text: String
    switch value.content {
    case .number(let number, _): return SizeExpression(constant: number)
    case .string(let string): text = string
    default:
      throw object.refusal(
        "expected a number or an expression for \(key), found \(value.noun)", at: key)
    }
    guard text.utf8.contains(where: { !$0.isBlank && !$0.isLineBreak }) else { return nil }
    let expression: SizeExpression
    do {
      expression = try SizeExpression(parsing: text)
    } catch {
      throw object.text.refusal(
        at: place(of: error.offset, in: text, at: value.offset, object.text),
        "\(key): \(error.message)")
    }
    for name in expression.variables where !isNumber(name, inputs) {
      throw object.refusal(
        inputs[name] == nil
          ? "\(key): there is no input '\(name)'"
          : "\(key): input '\(name)' is no number", at: key,
        hint: "a size may use $WIDTH, $HEIGHT and inputs of type float, long, bool and event")
    }
    return expression
  }

  private static func isNumber(
    _ name: String, _ inputs: [String: InputDescription.Kind]
  ) -> Bool {
    if name == "WIDTH" || name == "HEIGHT" { return true }
    return switch inputs[name] {
    case .event, .bool, .long, .float: true
    case .point2D, .color, .image, .audio, .audioFFT, .cube, nil: false
    }
  }

  /// Where the byte at `offset` of a string stands in the file: exact where the string is spelled
  /// without escapes, else its beginning.
  private static func place(
    of offset: Int, in string: String, at quote: Int, _ text: AuthorText
  ) -> Int {
    let isPlain = text.bytes.dropFirst(quote + 1).starts(with: string.utf8)
    return isPlain ? quote + 1 + offset : quote
  }
}
