internal import ZCCore

/// What a header says that other hosts read differently, or refuse.
struct HeaderWarnings {
  private let object: HeaderObject
  private let text: AuthorText
  private let range: Range<Int>

  init(_ object: HeaderObject, _ text: AuthorText, _ range: Range<Int>) {
    self.object = object
    self.text = text
    self.range = range
  }

  func all() throws(ZCError) -> [SourceIssue] {
    var found: [SourceIssue] = []
    if object.value("ISFVSN") == nil {
      found.append(
        text.warning(
          .noVersion, at: object.offset, "no ISFVSN: other hosts read this as ISF 1",
          hint: "\"ISFVSN\": \"2\" says that it is ISF 2"))
    }
    if let loose = LooseJSON.first(in: text.bytes, range) {
      found.append(
        text.warning(
          .looseJSON, at: loose.offset, "\(loose.what): other hosts want strict JSON"))
    }
    if let buffers = object.value("PERSISTENT_BUFFERS") {
      found.append(
        text.warning(
          .oldKey, at: buffers.offset, "PERSISTENT_BUFFERS is ISF 1",
          hint: "in ISF 2, PASSES have \"PERSISTENT\": true"))
    }
    for input in try object.objects("INPUTS", what: "an object for each input") ?? [] {
      found += try warnings(of: input)
    }
    return found
  }

  private static let types: Set<String> = [
    "event", "bool", "long", "float", "point2D", "color", "image", "audio", "audioFFT", "cube",
  ]

  private func warnings(of input: HeaderObject) throws(ZCError) -> [SourceIssue] {
    guard let type = input.value("TYPE"), let name = input.text("TYPE"),
      let label = input.text("NAME")
    else { return [] }
    var found: [SourceIssue] = []
    if !Self.types.contains(name) {
      found.append(
        text.warning(
          .typeName, at: type.offset, "TYPE '\(name)' is not in the specification",
          hint: name == "int" ? "'long' is" : nil))
    }
    if let labels = input.value("LABELS"), input.value("VALUES") == nil {
      found.append(
        text.warning(
          .labels, at: labels.offset, "input '\(label)' has LABELS without VALUES",
          hint: "VALUES say which number each label means"))
    }
    let low = numbers(input, "MIN")
    let high = numbers(input, "MAX")
    guard !low.isEmpty, !high.isEmpty else { return found }
    if zip(low, high).contains(where: { $0 > $1 }) {
      found.append(
        text.warning(
          .minMax, at: input.value("MIN")?.offset ?? input.offset,
          "input '\(label)': MIN is greater than MAX"))
    } else if let start = input.value("DEFAULT") {
      let values = numbers(input, "DEFAULT")
      let isOutside =
        zip(values, low).contains { $0 < $1 } || zip(values, high).contains { $0 > $1 }
      if isOutside {
        found.append(
          text.warning(
            .defaultRange, at: start.offset, "input '\(label)': DEFAULT is outside MIN and MAX"))
      }
    }
    return found
  }

  /// A number, or a list of them; empty where there is something else.
  private func numbers(_ input: HeaderObject, _ key: String) -> [Double] {
    guard let value = input.value(key) else { return [] }
    var values = [value]
    if case .array(let elements) = value.content { values = elements }
    var numbers: [Double] = []
    for case .number(let number, _) in values.map(\.content) { numbers.append(number) }
    return numbers
  }
}
