/// A word or mark of a size expression.
struct SizeToken: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case number(Double)
    /// A function, a constant, or an input without its `$`.
    case name(String)
    /// What stands after a `$`; empty where nothing does.
    case variable(String)
    /// An operator, a parenthesis or a comma, in ASCII.
    case mark(String)
    /// A superscript: the power it raises to.
    case superscript(Double)
    case end
  }

  let kind: Kind
  /// Where it stands in the expression, in bytes.
  let offset: Int
}
