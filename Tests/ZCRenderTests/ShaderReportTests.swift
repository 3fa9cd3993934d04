import Testing
import ZCCore
import ZCISF

@testable import ZCRender

@Suite("a shader's report")
struct ShaderReportTests {
  @Test("inputs are reported with their type's own attributes")
  func inputs() {
    var choices = InputDescription.Choices()
    choices.values = [1, 2]
    choices.labels = ["a", "b"]
    choices.identity = 2
    let text = ShaderDescription(
      name: "Blur",
      inputs: [
        InputDescription(name: "f", kind: .float(.init())),
        InputDescription(name: "l", kind: .long(choices)),
        InputDescription(name: "inputImage", label: "In", kind: .image),
        InputDescription(name: "p", kind: .point2D(.init(default: [0, 1]))),
      ]
    ).report(header: "{ }").text
    #expect(text.contains(#""name": "Blur""#))
    #expect(text.contains(#""kind": "filter""#))
    #expect(text.contains(#""header": "{ }""#))
    #expect(text.contains(#""default": 0.5, "identity": null, "min": 0.0, "max": 1.0"#))
    #expect(
      text.contains(
        #""default": 0, "identity": 2, "min": null, "max": null, "values": [1, 2], "labels": ["a", "b"]"#
      ))
    #expect(text.contains(#""name": "inputImage", "type": "image", "label": "In""#))
    #expect(text.contains(#""default": [0.0, 1.0], "identity": null, "min": null, "max": null"#))
  }

  @Test("passes are reported with their sizes as written")
  func passes() throws {
    let text = ShaderDescription(
      name: "x",
      passes: [
        PassDescription(
          target: "a", width: try SizeExpression(parsing: "$WIDTH / 2"), isPersistent: true),
        PassDescription(),
      ]
    ).report(header: "{ }").text
    #expect(
      text.contains(
        #"{"target": "a", "width": "$WIDTH / 2", "height": null, "persistent": true, "float": false}"#
      ))
  }

  @Test("imported pictures and the columns of sound are reported")
  func importsAndSound() {
    var columns = InputDescription.Columns()
    columns.max = 256
    let text = ShaderDescription(
      name: "x",
      inputs: [
        InputDescription(name: "w", kind: .audio(columns)),
        InputDescription(name: "s", kind: .audioFFT(.init())),
      ],
      imports: [
        ImportDescription(name: "a", paths: ["a.png"]),
        ImportDescription(name: "b", paths: ["1", "2", "3", "4", "5", "6"], isCube: true),
      ]
    ).report(header: "{ }").text
    #expect(text.contains(#""type": "audio", "label": null, "description": null, "max": 256"#))
    #expect(text.contains(#""type": "audioFFT", "label": null, "description": null, "max": null"#))
    #expect(text.contains(#"{"name": "a", "type": "image", "paths": ["a.png"], "line": 0}"#))
    #expect(
      text.contains(
        #"{"name": "b", "type": "cube", "paths": ["1", "2", "3", "4", "5", "6"], "line": 0}"#))
  }

  @Test(
    "the nearest name is guessed only when it is near",
    arguments: [
      ("lvel", "did you mean 'level'?"), ("LEVEL", "did you mean 'level'?"),
      ("speed", "the inputs are level"), ("", "the inputs are level"),
    ])
  func guesses(name: String, expected: String) {
    let description = ShaderDescription(
      name: "x", inputs: [InputDescription(name: "level", kind: .event)])
    #expect(description.unknownInput(name).contains(expected))
    #expect(description.unknownInput(name).contains("did you mean") == expected.hasPrefix("did"))
  }

  @Test("a name as long as you like is no trouble, and no inputs are said to be none")
  func extremes() {
    let long = String(repeating: "x", count: 100_000)
    let description = ShaderDescription(
      name: "x", inputs: (0..<30).map { InputDescription(name: "i\($0)", kind: .event) })
    #expect(description.unknownInput(long).hasSuffix("i22, i23, …)"))
    #expect(
      ShaderDescription(name: "x").unknownInput("a") == "no input 'a': this shader has no inputs")
  }
}
