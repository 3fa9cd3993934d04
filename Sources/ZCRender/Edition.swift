package import ZCCore
package import ZCISF

/// What one text of a shader makes of a scene; another text, another edition. It never changes, so
/// whoever took one may finish with it.
package final class Edition: Sendable {
  /// Which one of its scene this is, never 0: indices of inputs are good in one edition only.
  package let number: UInt32
  package let description: ShaderDescription
  let parsed: ParsedShader
  let slots: [InputSlot]
  /// The inputs that are events.
  let events: [Int]
  /// One for each of the description's targets, in order.
  let targetUses: [TargetUse]
  let targetIndices: [String: Int]
  /// One for each of the description's imports; nil until it is given.
  let imports: Lock<[ImportedPicture?]>
  private let indices: [String: Int]

  /// `pictures` are those of its imports, one for each, or none.
  init(
    _ parsed: ParsedShader, after number: UInt32 = 0, pictures: [ImportedPicture] = []
  ) {
    let description = parsed.description
    self.number = number == .max ? 1 : number + 1
    self.description = description
    self.parsed = parsed
    slots = description.inputs.map { InputSlot($0) }
    events = description.inputs.indices.filter { description.inputs[safe: $0]?.kind == .event }
    targetUses = TargetUse.all(in: description)
    targetIndices = Self.positions(of: description.targets)
    imports = Lock(
      description.imports.indices.map { pictures[safe: $0] }, rank: .values)
    indices = Self.positions(of: description.inputs.map(\.name))
  }

  private static func positions(of names: [String]) -> [String: Int] {
    Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The index of an input, nil where there is none of that name.
  func index(named name: String) -> Int? { indices[name] }

  /// - Throws: `unknownInput`, naming those there are.
  package func index(ofInput name: String) throws(ZCError) -> Int {
    guard let index = indices[name] else {
      guard Guards.keep(.inputs) else { return indices.count }
      throw .unknownInput(description.unknownInput(name))
    }
    return index
  }

  /// - Throws: `unknownInput` beyond the last.
  package func input(_ index: Int) throws(ZCError) -> InputDescription {
    guard let input = description.inputs[safe: index] else {
      throw .unknownInput("this shader has \(description.inputs.count) inputs, counted from 0")
    }
    return input
  }

  /// Refuses an index that was found in another edition; 0 is an index of whichever there is.
  /// - Throws: `staleHandle`.
  func check(_ number: UInt32) throws(ZCError) {
    guard number == 0 || number == self.number else {
      throw .staleHandle(
        "the scene has been reloaded: this is the index of an input in its edition \(number), "
          + "and it is in edition \(self.number); look the name up again")
    }
  }
}
