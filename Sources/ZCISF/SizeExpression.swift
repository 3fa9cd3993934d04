/// A pass's WIDTH or HEIGHT: arithmetic over the render size and the inputs.
package struct SizeExpression: Hashable, Sendable {
  /// One step of the calculation, in postfix order.
  enum Step: Hashable, Sendable {
    case push(Double)
    case load(variable: Int)
    case call(SizeFunction, count: Int)
  }

  /// A name that the size depends on.
  package struct Variable: Hashable, Sendable {
    package let name: String
    /// Where it first stands, in bytes of UTF-8 from the beginning of the text.
    package let offset: Int
    /// A `$` stands before it.
    package let isMarked: Bool
  }

  /// The expression as written.
  package let text: String
  /// Each once, in order of first use.
  package let variables: [Variable]
  private let steps: [Step]

  /// A size that never changes.
  package init(constant: Double) {
    var text = String(constant)
    if text.hasSuffix(".0") { text.removeLast(2) }
    self.init(text: text, variables: [], steps: [.push(constant)])
  }

  /// Throws `SizeExpression.Malformed` with the place in `text`.
  package init(parsing text: String) throws(Malformed) {
    var reader = try SizeExpressionReader(text)
    try reader.readAll()
    self.init(text: text, variables: reader.variables, steps: reader.steps)
  }

  private init(text: String, variables: [Variable], steps: [Step]) {
    self.text = text
    self.variables = variables
    self.steps = steps
  }

  /// The size, which may be fractional, negative or not finite. A variable that `variable` does
  /// not know counts as not a number.
  package func value(_ variable: (String) -> Double?) -> Double {
    let inputs = variables.map { variable($0.name) ?? .nan }
    var stack: [Double] = []
    for step in steps {
      switch step {
      case .push(let number): stack.append(number)
      case .load(let index): stack.append(inputs[safe: index] ?? .nan)
      case .call(let function, let count):
        let result = function.apply(stack.suffix(count))
        stack.removeLast(Swift.min(count, stack.count))
        stack.append(result)
      }
    }
    return stack.last ?? .nan
  }
}

extension SizeExpression {
  /// Why a text is no size expression, and where.
  package struct Malformed: Error, Hashable, Sendable {
    /// In bytes of UTF-8 from the beginning of the text.
    package let offset: Int
    package let message: String
    /// What would fit, where we know.
    package let hint: String?

    init(offset: Int, message: String, hint: String? = nil) {
      self.offset = offset
      self.message = message
      self.hint = hint
    }
  }
}
