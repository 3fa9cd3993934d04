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
    let expression: SizeExpression
    do {
      expression = try SizeExpression(parsing: text)
    } catch {
      throw object.text.refusal(
        at: place(of: error.offset, in: text, at: value.offset, object.text),
        "\(key): \(error.message)")
    }
    for name in expression.variables where !names.isNumber(name) {
      throw object.refusal(
        names.inputs[name] == nil
          ? "\(key): there is no input '\(name)'"
          : "\(key): input '\(name)' is no number", at: key,
        hint: "a size may use $WIDTH, $HEIGHT and inputs of type float, long, bool and event")
    }
    return expression
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
