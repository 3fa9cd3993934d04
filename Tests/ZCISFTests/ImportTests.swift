import Testing
import ZCCore
import ZCISF

@Suite("imported pictures")
struct ImportTests {
  private func imports(_ value: String) throws(ZCError) -> [ImportDescription] {
    try shader("{\"IMPORTED\": \(value)}").description.imports
  }

  private func refusal(_ value: String) -> SourceIssue? {
    ZCISFTests.refusal(
      of: "/*{\"INPUTS\": [{\"NAME\": \"level\", \"TYPE\": \"float\"}],\n\"IMPORTED\": \(value)}*/")
  }

  @Test(
    "a picture's name is its key or its NAME",
    arguments: [
      #"{"a": {"PATH": "x/a.png"}}"#, #"{"b": {"NAME": "a", "PATH": "x/a.png"}}"#,
      #"[{"NAME": "a", "PATH": "x/a.png"}]"#, #"[{"name": "a", "path": ["x/a.png"]}]"#,
      #"{"a": {"PATH": "x/a.png", "TYPE": "image"}}"#,
    ])
  func names(value: String) throws {
    #expect(
      try imports(value) == [ImportDescription(name: "a", paths: ["x/a.png"], line: 1)])
  }

  @Test("pictures keep the header's order and lines", arguments: [("{", "}"), ("[", "]")])
  func order(open: String, close: String) throws {
    let key = open == "{" ? "\"k\": " : ""
    let entries = ["b", "a", "c"].map { "\(key)\n{\"NAME\": \"\($0)\", \"PATH\": \"\($0).png\"}" }
    let imports = try imports(open + entries.joined(separator: ",") + close)
    #expect(imports.map(\.name) == ["b", "a", "c"])
    #expect(imports.map(\.line) == [2, 3, 4])
  }

  @Test(
    "a cube has six paths, with or without its TYPE", arguments: [#", "TYPE": "cube""#, ""])
  func cubes(type: String) throws {
    let value = #"{"sky": {"PATH": ["r", "l", "t", "b", "f", "k"]"# + type + "}}"
    #expect(
      try imports(value) == [
        ImportDescription(
          name: "sky", paths: ["r", "l", "t", "b", "f", "k"], isCube: true, line: 1)
      ])
  }

  @Test("none may be imported", arguments: ["{}", "[]", "null"])
  func none(value: String) throws { #expect(try imports(value).isEmpty) }

  @Test(
    "what cannot be imported is refused in its place",
    arguments: [
      (#"{"a": {"PATH": ""}}"#, 28, "the imported picture 'a' has no PATH"),
      (#"{"a": {}}"#, 19, "the imported picture 'a' has no PATH"),
      (#"{"a": {"PATH": []}}"#, 28, "the imported picture 'a' has no PATH"),
      (#"{"a": {"PATH": ["x", ""]}}"#, 28, "the imported picture 'a' has no PATH"),
      (#"{"a": {"PATH": {}}}"#, 28, "expected a string for PATH, found an object"),
      (#"{"a": {"PATH": ["x", "y"]}}"#, 28, "the imported picture 'a' has 2 PATHs"),
      (#"{"a": {"TYPE": "cube", "PATH": "x"}}"#, 44, "the imported cube 'a' has 1 PATHs"),
      (#"{"a": "x.png"}"#, 19, "expected an object with a PATH, found the string \"x.png\""),
      (#"[{"PATH": "x.png"}]"#, 14, "an imported picture without a NAME"),
      (#""x.png""#, 13, "expected an object or an array for IMPORTED, found the string \"x.png\""),
      (
        #"{"TIME": {"PATH": "x.png"}}"#, 22,
        "'TIME' cannot be the name of an imported picture: ISF itself has something of that name"
      ),
      (
        #"{"level": {"PATH": "x.png"}}"#, 23,
        "the imported picture 'level' is already the NAME of an input"
      ),
      (
        #"[{"NAME": "a", "PATH": "x"}, {"NAME": "a", "PATH": "y"}]"#, 51,
        "there are two imported pictures 'a'"
      ),
    ])
  func refused(value: String, column: Int, message: String) {
    let issue = refusal(value)
    #expect(issue?.message == message)
    #expect(issue?.line == 2)
    #expect(issue?.column == column)
  }

  @Test("a pass cannot draw into an imported picture")
  func targets() {
    let issue = refusal(#"{"a": {"PATH": "x.png"}}, "PASSES": [{"TARGET": "a"}]"#)
    #expect(issue?.message == "TARGET 'a' is already the name of an imported picture")
    #expect(issue?.column == 61)
  }
}
