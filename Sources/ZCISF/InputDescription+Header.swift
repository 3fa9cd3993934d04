internal import ZCCore

/// Reading one entry of INPUTS.
extension InputDescription {
  private static let typeNames = [
    "event", "bool", "long", "float", "point2D", "point3D", "color", "image", "audio", "audioFFT",
    "cube",
  ]

  init(_ object: HeaderObject) throws(ZCError) {
    guard let name = try object.string("NAME"), !name.isEmpty else {
      throw object.refusal("an input without a NAME", at: "NAME")
    }
    if let fault = GLSLWords.fault(inName: name) {
      throw object.refusal("'\(name.brief)' cannot be the NAME of an input: \(fault)", at: "NAME")
    }
    self.init(
      name: name, label: try object.string("LABEL"),
      description: try object.string("DESCRIPTION"), kind: try Self.kind(object, name),
      line: object.text.line(of: object.offset))
  }

  private static func kind(_ object: HeaderObject, _ name: String) throws(ZCError) -> Kind {
    guard let type = try object.string("TYPE") else {
      throw object.refusal("input '\(name.brief)' has no TYPE", at: "TYPE", hint: typesHint)
    }
    switch type.lowercased() {
    case "event": return .event
    case "bool":
      return .bool(
        default: try object.flag("DEFAULT") ?? true, identity: try object.flag("IDENTITY"))
    case "long", "int": return .long(try Choices(object))
    case "float": return .float(try Range(object))
    case "point2d": return .point2D(try Vector(object, count: 2))
    case "point3d": return .point3D(try Vector(object, count: 3))
    case "color": return .color(try Vector(object, count: 4))
    case "image": return .image
    case "audio": return .audio(try Columns(object))
    case "audiofft": return .audioFFT(try Columns(object))
    case "cube": return .cube
    default:
      throw object.refusal(
        "input '\(name.brief)': there is no TYPE '\(type.brief)'", at: "TYPE", hint: typesHint)
    }
  }

  private static var typesHint: String { "the types are \(typeNames.joined(separator: ", "))" }
}

extension InputDescription.Choices {
  fileprivate init(_ object: HeaderObject) throws(ZCError) {
    self.init()
    // MadMapper's form: VALUES are what a menu shows, and DEFAULT is one of them.
    let words = object.words("VALUES")
    if let words {
      labels = words
    } else {
      labels = try object.strings("LABELS") ?? []
      values = try object.integers("VALUES") ?? []
    }
    if values.isEmpty { values = labels.indices.map { Int32(truncatingIfNeeded: $0) } }
    if !labels.isEmpty, labels.count != values.count {
      labels = []
      values = []
    }
    if let low = try object.integer("MIN"), let high = try object.integer("MAX") {
      min = Swift.min(low, high)
      max = Swift.max(low, high)
    }
    let word = object.text("DEFAULT")
    if let words, let word, let chosen = zip(words, values).first(where: { $0.0 == word }) {
      `default` = chosen.1
    } else {
      `default` = try object.integer("DEFAULT") ?? 0
    }
    identity = try object.integer("IDENTITY")
  }
}

extension InputDescription.Columns {
  fileprivate init(_ object: HeaderObject) throws(ZCError) {
    self.init()
    max = try object.integer("MAX")
  }
}

extension InputDescription.Range {
  fileprivate init(_ object: HeaderObject) throws(ZCError) {
    self.init()
    if let low = try object.number("MIN"), let high = try object.number("MAX") {
      min = Swift.min(low, high)
      max = Swift.max(low, high)
      isDeclared = true
    }
    // Halved first: the difference of two finite bounds may not be finite.
    let middle = min / 2 + max / 2
    `default` = Swift.min(Swift.max(try object.number("DEFAULT") ?? middle, min), max)
    identity = try object.number("IDENTITY")
  }
}

extension InputDescription.Vector {
  /// One number bounds all components; a colour of three numbers is opaque.
  fileprivate init(_ object: HeaderObject, count: Int) throws(ZCError) {
    func vector(_ key: String) throws(ZCError) -> [Double]? {
      guard var numbers = try object.numbers(key) else { return nil }
      if let bound = numbers.first, numbers.count == 1, key == "MIN" || key == "MAX" {
        numbers = Array(repeating: bound, count: count)
      }
      if count == 4, numbers.count == 3 { numbers.append(1) }
      guard numbers.count == count else {
        throw object.refusal(
          "expected \(count) numbers for \(key), found \(numbers.count)", at: key)
      }
      return numbers
    }
    self.init(default: try vector("DEFAULT") ?? Array(repeating: 0, count: count))
    min = try vector("MIN")
    max = try vector("MAX")
    identity = try vector("IDENTITY")
  }
}
