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
    "what is not supported yet is refused where it stands",
    arguments: [
      ("\"PERSISTENT_BUFFERS\": [\"a\"]", "PERSISTENT_BUFFERS is not supported yet", 23),
      ("\"ISFVSN\": \"3\"", "ISFVSN 3 is not supported yet", 11),
    ])
  func unsupported(member: String, message: String, column: Int) {
    let issue = refusal(of: "/*{\n\(member)\n}*/")
    #expect(issue?.message == message)
    #expect(issue?.line == 2)
    #expect(issue?.column == column)
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
