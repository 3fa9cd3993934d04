import Testing
import ZCCore
import ZCISF

@Suite("inputs")
struct InputTests {
  private func range(_ members: String) throws -> InputDescription.Range? {
    guard case .float(let range) = try input("\"TYPE\": \"float\"\(members)").kind else {
      return nil
    }
    return range
  }

  private func choices(_ members: String) throws -> InputDescription.Choices? {
    guard case .long(let choices) = try input("\"TYPE\": \"long\"\(members)").kind else {
      return nil
    }
    return choices
  }

  @Test(
    "a float's range and default complete each other",
    arguments: [
      ("", 0, 1, 0.5, false),
      (", \"DEFAULT\": 0.2", 0, 1, 0.2, false),
      (", \"DEFAULT\": 5", 0, 1, 1, false),
      (", \"MIN\": 2", 0, 1, 0.5, false),
      (", \"MAX\": 10, \"DEFAULT\": 5", 0, 1, 1, false),
      (", \"MIN\": 2, \"MAX\": 10", 2, 10, 6, true),
      (", \"MIN\": 2, \"MAX\": 10, \"DEFAULT\": 1", 2, 10, 2, true),
      (", \"MIN\": 10, \"MAX\": 2, \"DEFAULT\": 4", 2, 10, 4, true),
      (", \"MIN\": -1e308, \"MAX\": 1e308", -1e308, 1e308, 0, true),
      (", \"MIN\": \"0\", \"MAX\": \"4\"", 0, 4, 2, true),
    ])
  func floats(
    members: String, min: Double, max: Double, default: Double, isDeclared: Bool
  ) throws {
    let range = try range(members)
    #expect(range?.min == min)
    #expect(range?.max == max)
    #expect(range?.default == `default`)
    #expect(range?.isDeclared == isDeclared)
  }

  @Test("a float keeps its identity")
  func identity() throws {
    #expect(try range(", \"IDENTITY\": 7")?.identity == 7)
  }

  @Test(
    "a bool is true unless the header says otherwise",
    arguments: [
      ("", true), (", \"DEFAULT\": false", false), (", \"DEFAULT\": 0", false),
      (", \"DEFAULT\": 0.5", true), (", \"DEFAULT\": -1", false), (", \"DEFAULT\": \"yes\"", true),
      (", \"DEFAULT\": \"TRUE\"", true), (", \"DEFAULT\": \"no\"", false),
    ])
  func bools(members: String, expected: Bool) throws {
    #expect(
      try input("\"TYPE\": \"bool\"\(members)").kind == .bool(default: expected, identity: nil))
  }

  @Test("a long has values and labels, or bounds; its default is 0 whatever the values")
  func longs() throws {
    let listed = try choices(", \"VALUES\": [1, 2.0], \"LABELS\": [\"a\", \"b\"]")
    #expect(listed?.values == [1, 2])
    #expect(listed?.labels == ["a", "b"])
    #expect(listed?.default == 0)
    let bounded = try choices(", \"MIN\": 9, \"MAX\": 3, \"DEFAULT\": 4, \"IDENTITY\": 5")
    #expect(bounded?.min == 3)
    #expect(bounded?.max == 9)
    #expect(bounded?.default == 4)
    #expect(bounded?.identity == 5)
    #expect(try choices(", \"MIN\": 3")?.min == nil)
    #expect(try choices(", \"LABELS\": [\"a\", \"b\"]")?.values == [0, 1])
    #expect(try choices(", \"DEFAULT\": 1.9, \"IDENTITY\": -1.9")?.default == 1)
    #expect(try choices(", \"DEFAULT\": 1.9, \"IDENTITY\": -1.9")?.identity == -1)
  }

  @Test("values without as many labels are no choice: the bounds count")
  func mismatch() throws {
    let choices = try choices(
      ", \"VALUES\": [1, 2, 3], \"LABELS\": [\"a\", \"b\"], \"MIN\": 1, \"MAX\": 3")
    #expect(choices?.values == [])
    #expect(choices?.labels == [])
    #expect(choices?.min == 1)
    #expect(choices?.max == 3)
  }

  @Test("values in words are the labels of 0, 1, 2")
  func wordValues() throws {
    let words = try choices(", \"VALUES\": [\"Pass\", \"Reject\"], \"DEFAULT\": \"Reject\"")
    #expect(words?.values == [0, 1])
    #expect(words?.labels == ["Pass", "Reject"])
    #expect(words?.default == 1)
    let numbers = try choices(", \"VALUES\": [\"4\", \"8\"], \"LABELS\": [\"a\", \"b\"]")
    #expect(numbers?.values == [4, 8])
    #expect(
      inputRefusal(#""NAME": "x", "TYPE": "long", "VALUES": ["a", "b"], "DEFAULT": "c""#)?.message
        == "expected a number for DEFAULT, found the string \"c\"")
  }

  @Test("a type is known in any case", arguments: ["Float", "FLOAT", "float"])
  func typeCase(type: String) throws {
    #expect(try input("\"TYPE\": \"\(type)\"").typeName == "float")
    #expect(try input("\"TYPE\": \"POINT2d\"").typeName == "point2D")
  }

  @Test("a point in space has three numbers, and one number bounds all of them")
  func space() throws {
    var bounded = InputDescription.Vector(default: [0.5, 1, 2])
    bounded.min = [-1, -1, -1]
    bounded.max = [4, 5, 6]
    #expect(
      try input("\"TYPE\": \"point3D\", \"DEFAULT\": [0.5, 1, 2], \"MIN\": -1, \"MAX\": [4, 5, 6]")
        .kind == .point3D(bounded))
    #expect(try input("\"TYPE\": \"point3D\"").kind == .point3D(.init(default: [0, 0, 0])))
  }

  @Test("the other types have their own defaults")
  func others() throws {
    #expect(try input("\"TYPE\": \"event\"").kind == .event)
    #expect(try input("\"TYPE\": \"image\"").kind == .image)
    #expect(try input("\"TYPE\": \"int\"").typeName == "long")
    #expect(try input("\"TYPE\": \"point2D\"").kind == .point2D(.init(default: [0, 0])))
    #expect(try input("\"TYPE\": \"color\"").kind == .color(.init(default: [0, 0, 0, 0])))
    #expect(
      try input("\"TYPE\": \"color\", \"DEFAULT\": [0.1, 0.2, 0.3]").kind
        == .color(.init(default: [0.1, 0.2, 0.3, 1])))
    var bounded = InputDescription.Vector(default: [1, 2])
    bounded.min = [0, 0]
    bounded.max = [4, 4]
    #expect(
      try input("\"TYPE\": \"point2D\", \"DEFAULT\": [1, 2], \"MIN\": [0, 0], \"MAX\": [4, 4]").kind
        == .point2D(bounded))
  }

  @Test("labels and descriptions are found in any case, and lines are the file's")
  func words() throws {
    let input = try shader(
      """
      {"INPUTS": [
        {"NAME": "x", "TYPE": "image", "Label": "An x", "description": "why"}
      ]}
      """
    ).description.inputs.first
    #expect(input?.label == "An x")
    #expect(input?.description == "why")
    #expect(input?.line == 2)
  }

  @Test(
    "what cannot be is refused with the reason",
    arguments: [
      (#""TYPE": "float""#, "an input without a NAME"),
      (#""NAME": "", "TYPE": "float""#, "an input without a NAME"),
      (#""NAME": "x""#, "input 'x' has no TYPE"),
      (#""NAME": "x", "TYPE": "flaot""#, "input 'x': there is no TYPE 'flaot'"),
      (
        #""NAME": "x", "TYPE": "long", "DEFAULT": 3000000000"#,
        "expected a whole number of 32 bits for DEFAULT, found the number 3000000000"
      ),
      (
        #""NAME": "x", "TYPE": "float", "DEFAULT": [1]"#,
        "expected a number for DEFAULT, found an array of 1"
      ),
      (
        #""NAME": "x", "TYPE": "point2D", "DEFAULT": [1]"#,
        "expected 2 numbers for DEFAULT, found 1"
      ),
      (
        #""NAME": "x", "TYPE": "bool", "DEFAULT": "maybe""#,
        "expected true or false for DEFAULT, found the string \"maybe\""
      ),
    ])
  func refused(members: String, message: String) {
    #expect(inputRefusal(members)?.message == message)
  }

  @Test("an unknown type is refused with those there are")
  func types() {
    #expect(
      inputRefusal(#""NAME": "x", "TYPE": "flaot""#)?.hint
        == "the types are event, bool, long, float, point2D, point3D, color, image, audio, "
        + "audioFFT, cube")
  }

  @Test(
    "a name must be free and fit for GLSL",
    arguments: [
      ("a b", "a name is made of letters, digits and underscores, and begins with no digit"),
      ("1st", "a name is made of letters, digits and underscores, and begins with no digit"),
      ("größe", "a name is made of letters, digits and underscores, and begins with no digit"),
      ("TIME", "ISF itself has something of that name"),
      ("IMG_SIZE", "ISF itself has something of that name"),
      ("vec2", "it is a word of GLSL"), ("main", "it is a word of GLSL"),
      ("gl_x", "names that begin with gl_ are kept for GLSL and ISF"),
    ])
  func names(name: String, reason: String) {
    let issue = inputRefusal("\"NAME\": \"\(name)\", \"TYPE\": \"float\"")
    #expect(issue?.message == "'\(name)' cannot be the NAME of an input: \(reason)")
    #expect(issue?.column == 24)
  }

  @Test("two inputs of one name are refused")
  func duplicates() {
    let event = #"{"NAME": "x", "TYPE": "event"}"#
    let issue = refusal(of: "/*{\"INPUTS\": [\n\(event),\n\(event)]}*/")
    #expect(issue?.message == "there are two inputs 'x'")
    #expect(issue?.line == 3)
  }
}
