package import ZCCore

/// Reading the JSON that zcgpu.h describes.
extension Shadertoy {
  package init(document: [UInt8], path: String?) throws(ZCError) {
    let text = AuthorText(document, path: nil)
    var reader = JSONReader(text, in: 0..<text.bytes.count)
    let object = try HeaderObject(try reader.document(), in: text, what: "an object")
    description = try object.string("DESCRIPTION")
    credit = try object.string("CREDIT")
    keywords = try object.strings("KEYWORDS") ?? []
    notes = try object.strings("NOTES") ?? []
    inputs = []
    for input in try object.objects("INPUTS", what: "an input") ?? [] {
      inputs.append(try Input(input))
    }
    common = try object.string("COMMON").map { (code) throws(ZCError) in
      try Self.text(of: code, name: "Common", path: path)
    }
    passes = []
    let list = try object.objects("PASSES", what: "a pass") ?? []
    try object.refuse(beyond: Self.passLimit, list.count, "PASSES")
    for pass in list {
      let letter = try pass.string("LETTER")
      guard letter.map({ ["A", "B", "C", "D"].contains($0) }) != false else {
        throw pass.refusal("a buffer is A, B, C or D", at: "LETTER")
      }
      let name = letter.map { "Buffer \($0)" } ?? "Image"
      passes.append(
        Pass(
          name: name, letter: letter,
          code: try Self.text(of: try pass.string("CODE") ?? "", name: name, path: path),
          channels: try Self.channels(of: pass, passes: list.count, inputs: inputs.count)))
    }
    guard let image = passes.last, image.letter == nil,
      Set(passes.map(\.letter)).count == passes.count
    else {
      throw object.refusal("the last pass is the image, those before are buffers", at: "PASSES")
    }
  }

  private static func channels(
    of pass: HeaderObject, passes: Int, inputs: Int
  ) throws(ZCError) -> [Int: Source] {
    var found: [Int: Source] = [:]
    for channel in try pass.objects("CHANNELS", what: "a channel") ?? [] {
      let number = Int(try channel.integer("CHANNEL") ?? -1)
      let pass = try channel.integer("PASS").map { Int($0) }
      let input = try channel.integer("INPUT").map { Int($0) }
      guard Self.channels.contains(number) else {
        throw channel.refusal("channels are 0 to 3", at: "CHANNEL")
      }
      if let pass, (0..<passes - 1).contains(pass) {
        found[number] = .pass(pass)
      } else if let input, (0..<inputs).contains(input) {
        found[number] = .input(input)
      } else {
        throw channel.refusal("a channel shows a PASS before the last, or an INPUT", at: "PASS")
      }
    }
    return found
  }

  private static func text(
    of code: String, name: String, path: String?
  ) throws(ZCError) -> AuthorText {
    let place = path.map { name == "Image" ? $0 : "\($0) (\(name))" } ?? name
    let text = AuthorText(Array(code.utf8), path: place)
    guard text.bytes.count <= codeLimit else {
      throw text.refusal(at: 0, "\(text.bytes.count) bytes of code; at most \(codeLimit) are read")
    }
    return text
  }
}

extension Shadertoy.Input {
  fileprivate init(_ object: HeaderObject) throws(ZCError) {
    let name = try object.string("NAME") ?? ""
    if let fault = GLSLWords.fault(inName: name) {
      throw object.refusal("'\(name.brief)' cannot be the name of an input: \(fault)", at: "NAME")
    }
    self.name = name
    switch try object.string("TYPE") {
    case "image": kind = .image
    case "cube": kind = .cube
    default: throw object.refusal("an input is an image or a cube", at: "TYPE")
    }
    label = try object.string("LABEL")
  }
}
