package import ZCCore

/// A shader of Shadertoy's as ISF.
///
/// The header, the uniforms, and a `main` that calls the passes stand first: no macro of the
/// author's reaches them. Then come his texts, line for line.
package struct ShadertoyConversion: Sendable {
  /// What a channel shows, by the name it has here.
  struct Image: Sendable {
    var name: String
    var kind: Shadertoy.Input.Kind
  }

  /// What is not quite as at Shadertoy, in sentences.
  package private(set) var notes: [String]
  let shader: Shadertoy
  /// What all passes share.
  let shared: ShadertoyUnit?
  /// One for each pass.
  let units: [ShadertoyUnit]
  /// What the buffers are called.
  let targets: [String]
  /// Those that are asked for.
  private(set) var inputs: [Shadertoy.Input] = []
  /// What the channels of each pass show, as far as it asks.
  let images: [[Int: Image]]
  /// What the passes, and then the shared text, call their own globals.
  let own: [[String: String]]
  let uniforms: ShadertoyUniforms

  package init(_ shader: Shadertoy) throws(ZCError) {
    self.shader = shader
    notes = shader.notes
    let (shared, units) = try Self.units(of: shader)
    self.shared = shared
    self.units = units
    let all = units + (shared.map { [$0] } ?? [])
    var names = ShadertoyNames(all)
    targets = shader.passes.map { $0.letter.map { names.unique("buffer\($0)") } ?? "" }
    var shown: [Shadertoy.Source: Image] = [:]
    for (index, target) in targets.enumerated() {
      shown[.pass(index)] = Image(name: target, kind: .image)
    }
    let channels = zip(shader.passes, units).map { Self.channels(of: $0, $1, shared) }
    let asked = Set(channels.flatMap { $0.values })
    for (index, input) in shader.inputs.enumerated() where asked.contains(.input(index)) {
      var input = input
      input.name = names.unique(input.name)
      inputs.append(input)
      shown[.input(index)] = Image(name: input.name, kind: input.kind)
    }
    for number in Shadertoy.channels where asked.contains(.unknown(number)) {
      let name = "iChannel\(number)"
      inputs.append(Shadertoy.Input(name: name, kind: .image))
      shown[.unknown(number)] = Image(name: name, kind: .image)
      notes.append("nothing says what \(name) shows: it is an image input, black until it is set")
    }
    images = channels.map { $0.compactMapValues { shown[$0] } }
    uniforms = ShadertoyUniforms(all) { names.unique($0) }
    let own = names.own(all, letters: shader.passes.map(\.letter) + [nil])
    let common = shared == nil ? [:] : own.last ?? [:]
    self.own = own.map { $0.merging(common) { own, _ in own } }
  }

  /// The shared text stands once, unless a pass says what it means.
  private static func units(
    of shader: Shadertoy
  ) throws(ZCError) -> (shared: ShadertoyUnit?, passes: [ShadertoyUnit]) {
    let shared = try shader.common.map { (text) throws(ZCError) in try ShadertoyUnit(text) }
    var units: [ShadertoyUnit] = []
    for pass in shader.passes {
      let unit = try ShadertoyUnit(pass.code)
      let mentions = unit.code.mentioned.union(shared?.code.mentioned ?? [])
      guard mentions.contains("mainImage") else { throw missing(unit) }
      units.append(unit)
    }
    guard let shared, units.count > 1, mustStandInEach(shared, units) else {
      return (shared, units)
    }
    var whole: [ShadertoyUnit] = []
    for pass in shader.passes {
      let bytes = shared.code.text.bytes + [.lineFeed, .lineFeed] + pass.code.bytes
      whole.append(try ShadertoyUnit(AuthorText(bytes, path: pass.code.path)))
    }
    return (nil, whole)
  }

  private static func mustStandInEach(_ shared: ShadertoyUnit, _ units: [ShadertoyUnit]) -> Bool {
    let words = shared.code.mentioned
    return Shadertoy.channels.contains { words.contains("iChannel\($0)") }
      || units.contains { !$0.globals.union($0.macros).isDisjoint(with: words) }
  }

  private static func missing(_ unit: ShadertoyUnit) -> ZCError {
    let other = ["mainSound", "mainCubemap", "mainVR", "main"].first {
      unit.code.mentioned.contains($0)
    }
    let hint = other.map { "there is \($0), which ISF has no like of" }
    return .shader(
      issues: [unit.code.text.issue(at: 0, "there is no mainImage", hint: hint)], log: "",
      generated: "")
  }

  /// The channels that a pass asks for.
  private static func channels(
    of pass: Shadertoy.Pass, _ unit: ShadertoyUnit, _ shared: ShadertoyUnit?
  ) -> [Int: Shadertoy.Source] {
    let mentioned = unit.code.mentioned.union(shared?.code.mentioned ?? [])
    var found: [Int: Shadertoy.Source] = [:]
    for number in Shadertoy.channels {
      if mentioned.contains("iChannel\(number)") {
        found[number] = pass.channels[number] ?? .unknown(number)
      } else if mentioned.contains("iChannelResolution") {
        found[number] = pass.channels[number]
      }
    }
    return found
  }
}
