import Testing
import ZCCore
import ZCISF

@Suite("what a header says")
struct HeaderTests {
  @Test("every word of a header reaches the description")
  func words() throws {
    let description = try shader(
      #"""
      {"ISFVSN": "2", "VSN": 3, "DESCRIPTION": "soft", "CREDIT": "me",
       "CATEGORIES": ["Blur"], "KEYWORDS": "soft", "IMPORTED": {}}
      """#
    ).description
    #expect(description.name == "Blur")
    #expect(description.isfVersion == "2")
    #expect(description.version == "3")
    #expect(description.description == "soft")
    #expect(description.credit == "me")
    #expect(description.categories == ["Blur"])
    #expect(description.keywords == ["soft"])
  }

  @Test(
    "a header without PASSES has one pass to the output", arguments: ["{}", #"{"PASSES": []}"#])
  func onePass(header: String) throws {
    #expect(try shader(header).description.passes == [PassDescription()])
  }

  @Test(
    "the name is the file's, without folder and extension",
    arguments: [
      ("a/b/Soft Blur.v2.fs", "Soft Blur.v2"), ("Blur", "Blur"), (".fs", ".fs"), ("", "untitled"),
    ])
  func name(path: String, expected: String) throws {
    let source = ShaderSource(fragment: Array("/*{}*/".utf8), fragmentPath: path)
    #expect(try ParsedShader(parsing: source).description.name == expected)
  }

  @Test("source text without a file is untitled")
  func untitled() throws {
    let source = ShaderSource(fragment: Array("/*{}*/".utf8))
    #expect(try ParsedShader(parsing: source).description.name == "untitled")
  }

  @Test("a shader's kind is known by its inputs")
  func kind() throws {
    func kind(_ inputs: String) throws -> ShaderDescription.Kind {
      try shader("{\"INPUTS\": [\(inputs)]}").description.kind
    }
    let image = #"{"TYPE": "image", "NAME": "#
    #expect(try kind("") == .generator)
    #expect(try kind("\(image)\"inputImage\"}") == .filter)
    #expect(
      try kind(
        "\(image)\"startImage\"}, \(image)\"endImage\"}, {\"TYPE\": \"float\", \"NAME\": \"progress\"}"
      ) == .transition)
  }

  @Test(
    "the versions are 1 and 2, with whatever points",
    arguments: ["\"1\"", "\"2\"", "2", "2.0", "\"2.1.1\"", "\"\"", "null"])
  func versions(version: String) throws {
    #expect(try shader("{\"ISFVSN\": \(version)}").description.passes.count == 1)
  }

  @Test("a version that is none is refused where it stands")
  func noVersion() {
    let issue = refusal(of: "/*{\n\"ISFVSN\": \"3\"\n}*/")
    #expect(issue?.message == "there is no ISFVSN 3")
    #expect(issue?.line == 2)
    #expect(issue?.column == 11)
  }

  @Test("keys are found in any case, and in the specification's first")
  func keys() throws {
    let description = try shader(
      #"{"Credit": "a", "credits": "b", "vsn": 1, "VSN": 2, "Vsn": 3}"#
    ).description
    #expect(description.credit == "a")
    #expect(description.version == "2")
  }

  @Test("values of the wrong kind are refused with what stands there")
  func wrongKinds() {
    #expect(
      refusal(of: "/*{\"INPUTS\": {}}*/")?.message
        == "expected an array for INPUTS, found an object")
    #expect(
      refusal(of: "/*{\"INPUTS\": [1]}*/")?.message
        == "expected an object for each input, found the number 1")
    #expect(
      refusal(of: "/*{\"CREDIT\": []}*/")?.message
        == "expected a string for CREDIT, found an array of 0")
    #expect(
      refusal(of: "/*{\"CATEGORIES\": true}*/")?.message
        == "expected a string for CATEGORIES, found true")
  }
}
