import Testing
import ZCCore
import ZCISF

@Suite("persistent buffers of ISF's first version")
struct PersistentBufferTests {
  private func description(
    _ buffers: String, passes: String = "[]"
  ) throws(ZCError) -> ShaderDescription {
    try shader("{\"PERSISTENT_BUFFERS\": \(buffers), \"PASSES\": \(passes)}").description
  }

  @Test("a pass into a buffer named there is persistent", arguments: [#"["a", "b"]"#, #""a""#])
  func names(buffers: String) throws {
    let passes = try description(
      buffers, passes: #"[{"TARGET": "a", "WIDTH": 8, "DESCRIPTION": "d"}, {"TARGET": "c"}, {}]"#
    ).passes
    #expect(passes.map(\.isPersistent) == [true, false, false])
    #expect(passes.first?.width?.text == "8")
    #expect(passes.first?.description == "d")
    #expect(passes.first?.isFloat == false)
  }

  @Test("a buffer may have its size and storage there; a pass's own size counts more")
  func sizes() throws {
    let buffers =
      #"{"a": {"WIDTH": 4, "HEIGHT": "$HEIGHT/2", "FLOAT": true}, "b": {"WIDTH": 3}}"#
    let passes = try description(
      buffers, passes: #"[{"TARGET": "a", "WIDTH": "$WIDTH"}, {"TARGET": "b"}, {"TARGET": "c"}]"#
    ).passes
    #expect(passes.map { $0.width?.text } == ["$WIDTH", "3", nil])
    #expect(passes.map { $0.height?.text } == ["$HEIGHT/2", nil, nil])
    #expect(passes.map(\.isPersistent) == [true, true, false])
    #expect(passes.map(\.isFloat) == [true, false, false])
  }

  @Test("a buffer that no pass draws into is there too, once")
  func undrawn() throws {
    let description = try description(
      #"{"z": {"WIDTH": 5}, "a": {}, "z": {"HEIGHT": 6}}"#, passes: #"[{"TARGET": "a"}]"#)
    #expect(description.targets == ["a", "z"])
    #expect(
      description.undrawn == [
        PassDescription(
          target: "z", width: SizeExpression(constant: 5), height: SizeExpression(constant: 6),
          isPersistent: true)
      ])
  }

  @Test("of two passes into one buffer, the last size said counts for both")
  func lastSize() throws {
    let passes = try shader(
      #"""
      {"PASSES": [{"TARGET": "a", "WIDTH": 4}, {"TARGET": "a", "WIDTH": 8, "HEIGHT": 2}, {"TARGET":
      "a", "FLOAT": 1}]}
      """#
    ).description.passes
    #expect(passes.map { $0.width?.text } == ["8", "8", "8"])
    #expect(passes.map { $0.height?.text } == ["2", "2", "2"])
    #expect(passes.map(\.isFloat) == [true, true, true])
  }

  @Test(
    "what cannot be a buffer is refused in its place",
    arguments: [
      (#"["a b"]"#, 23, "a b"), (#"{"TIME": {}}"#, 32, "TIME"), (#"["level"]"#, 23, "level"),
      (#"["pic"]"#, 23, "pic"), (#"[[]]"#, 24, "expected a string"),
      (#"{"a": 1}"#, 29, "expected an object for each persistent buffer"),
      (#"{"a": {"WIDTH": "$q"}}"#, 40, "there is no input 'q'"),
      (#"true"#, 23, "expected a string for PERSISTENT_BUFFERS, found true"),
    ])
  func refused(buffers: String, column: Int, part: String) {
    let issue = refusal(
      of: """
        /*{"INPUTS": [{"NAME": "level", "TYPE": "float"}], "IMPORTED": {"pic": {"PATH": "p"}},
        "PERSISTENT_BUFFERS": \(buffers)}*/
        """)
    #expect(issue?.message.contains(part) == true)
    #expect(issue?.line == 2)
    #expect(issue?.column == column)
  }
}
