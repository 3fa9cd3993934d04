internal import Glibc

/// A pass's WIDTH or HEIGHT: arithmetic over the render size and the inputs.
package struct SizeExpression: Hashable, Sendable {
  /// One step of the calculation, in postfix order.
  enum Step: Hashable, Sendable {
    case push(Double)
    case load(variable: Int)
    case negate
    case add
    case subtract
    case multiply
    case divide
    case remainder
    case call(SizeFunction, count: Int)
  }

  /// The expression as written.
  package let text: String
  /// The names that stand after a `$`, each once, in order of first use.
  package let variables: [String]
  private let steps: [Step]

  /// A size that never changes.
  package init(constant: Double) {
    var text = String(constant)
    if text.hasSuffix(".0") { text.removeLast(2) }
    self.init(text: text, variables: [], steps: [.push(constant)])
  }

  /// Throws `SizeExpression.Malformed` with the place in `text`.
  package init(parsing text: String) throws(Malformed) {
    var reader = SizeExpressionReader(text)
    try reader.readAll()
    self.init(text: text, variables: reader.variables, steps: reader.steps)
  }

  private init(text: String, variables: [String], steps: [Step]) {
    self.text = text
    self.variables = variables
    self.steps = steps
  }

  /// The size, which may be fractional, negative or not finite. A variable that `variable` does
  /// not know counts as not a number.
  package func value(_ variable: (String) -> Double?) -> Double {
    let inputs = variables.map { variable($0) ?? .nan }
    var stack: [Double] = []
    for step in steps {
      switch step {
      case .push(let number): stack.append(number)
      case .load(let index): stack.append(inputs.indices.contains(index) ? inputs[index] : .nan)
      case .negate: Self.reduce(&stack, 1) { -$0[0] }
      case .add: Self.reduce(&stack, 2) { $0[0] + $0[1] }
      case .subtract: Self.reduce(&stack, 2) { $0[0] - $0[1] }
      case .multiply: Self.reduce(&stack, 2) { $0[0] * $0[1] }
      case .divide: Self.reduce(&stack, 2) { $0[0] / $0[1] }
      case .remainder: Self.reduce(&stack, 2) { fmod($0[0], $0[1]) }
      case .call(let function, let count): Self.reduce(&stack, count, function.apply)
      }
    }
    return stack.last ?? .nan
  }

  /// Replaces the last `count` numbers by what `operation` makes of them.
  private static func reduce(
    _ stack: inout [Double], _ count: Int, _ operation: ([Double]) -> Double
  ) {
    let operands = Array(stack.suffix(count))
    stack.removeLast(operands.count)
    stack.append(operands.count == count ? operation(operands) : .nan)
  }
}

extension SizeExpression {
  /// Why a text is no size expression, and where.
  package struct Malformed: Error, Hashable, Sendable {
    /// In bytes of UTF-8 from the beginning of the text.
    package let offset: Int
    package let message: String
  }
}
