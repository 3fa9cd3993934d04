/// Conversions that GLSL of a dialect does not make by itself: written out where the types on both
/// sides are certain. Numbers are places among `AuthorCode.code`.
struct Conversions: Sendable {
  /// What must be written out.
  struct Need: OptionSet, Sendable {
    let rawValue: UInt8
    /// Whole numbers that become floats.
    static let floats = Need(rawValue: 1)
    /// Whole numbers with a sign that become ones without.
    static let unsigned = Need(rawValue: 2)
    /// Results of functions.
    static let results = Need(rawValue: 4)
  }

  /// A piece of an expression.
  struct Piece {
    enum Form {
      case literal
      case other
      /// In parentheses, or behind a sign.
      indirect case around(Piece)
    }

    var range: Range<Int>
    /// nil where it is not certain.
    var type: GLSLType?
    var form = Form.other
  }

  private struct Edit {
    var place: Int
    var before = ""
    var after = ""
  }

  let needs: Need
  private var edits: [Edit] = []

  init(_ needs: Need) { self.needs = needs }

  var count: Int { edits.count }

  /// Forgets all but the first ones.
  mutating func keep(_ count: Int) { edits.removeLast(edits.count - count) }

  /// Makes numbers of `kind` out of a piece. Whatever is converted has its type.
  mutating func convert(_ piece: inout Piece, to kind: GLSLType.Kind, isResult: Bool = false) {
    guard var type = piece.type, type.isNumber, type.kind.rawValue < kind.rawValue else { return }
    type.kind = kind
    piece.type = type
    guard
      needs.contains(kind == .float ? .floats : .unsigned) || isResult && needs.contains(.results)
    else { return }
    write(piece, type)
  }

  private mutating func write(_ piece: Piece, _ type: GLSLType) {
    switch piece.form {
    case .literal:
      edits.append(Edit(place: piece.range.lowerBound, after: type.kind == .float ? ".0" : "u"))
    case .around(let inner) where type.kind == .float: write(inner, type)
    case .around, .other:
      edits.append(Edit(place: piece.range.lowerBound, before: "\(type.name)("))
      edits.append(Edit(place: piece.range.upperBound - 1, after: ")"))
    }
  }

  /// Makes both sides numbers of the same sort.
  mutating func match(_ left: inout Piece, _ right: inout Piece) {
    guard let one = left.type, let other = right.type, one.isNumber, other.isNumber else { return }
    let kind = max(one.kind.rawValue, other.kind.rawValue)
    guard let kind = GLSLType.Kind(rawValue: kind) else { return }
    convert(&left, to: kind)
    convert(&right, to: kind)
  }

  /// Writes all.
  func write(_ code: AuthorCode, into all: inout CodeEdits) {
    for edit in edits {
      let token = code.code[edit.place].index
      if !edit.before.isEmpty { all.put(edit.before, before: token) }
      if !edit.after.isEmpty { all.put(edit.after, after: token) }
    }
  }
}
