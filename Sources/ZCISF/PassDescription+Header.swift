internal import ZCCore

/// Reading one entry of PASSES.
extension PassDescription {
  init(_ object: HeaderObject, _ names: HeaderNames) throws(ZCError) {
    let target = try object.string("TARGET").flatMap { $0.isEmpty ? nil : $0 }
    if let target {
      try names.check(
        target: target, of: "TARGET", at: object.value("TARGET")?.offset ?? object.offset)
    }
    self.init(
      target: target, width: try Self.size(object, "WIDTH", names),
      height: try Self.size(object, "HEIGHT", names),
      isPersistent: try object.flag("PERSISTENT") ?? false,
      isFloat: try object.flag("FLOAT") ?? false,
      description: try object.string("DESCRIPTION"))
  }

  /// A side of a buffer; nil where the header leaves it to the output.
  static func size(
    _ object: HeaderObject, _ key: String, _ names: HeaderNames
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
    func refusal(at offset: Int, _ message: String, hint: String?) -> ZCError {
      object.text.refusal(
        at: JSONReader.place(of: offset, inStringAt: value.offset, object.text),
        "\(key): \(message)", hint: hint)
    }
    let expression: SizeExpression
    do {
      expression = try SizeExpression(parsing: text)
    } catch {
      throw refusal(at: error.offset, error.message, hint: error.hint)
    }
    for variable in expression.variables where !names.isNumber(variable.name) {
      let isInput = names.inputs[variable.name] != nil
      throw refusal(
        at: variable.offset, isInput ? names.notNumber(variable) : names.unknown(variable),
        hint: isInput ? nil : names.guess(variable) ?? HeaderNames.usable)
    }
    return expression
  }
}
