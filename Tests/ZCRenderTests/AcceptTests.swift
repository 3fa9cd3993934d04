import Testing
import ZCContext
import ZCCore
import ZCISF
import ZCTestSupport

@testable import ZCRender

@Suite("what inputs accept")
struct AcceptTests {
  private let context = GPUContext(recording: RecordingGL())

  /// The value that is taken, or the name of the error.
  private func outcome(_ kind: InputDescription.Kind, _ offered: OfferedValue) -> String {
    do {
      switch try InputDescription(name: "x", kind: kind).accept(offered, in: context) {
      case .image(let frame): return frame == nil ? "no image" : "an image"
      case let value: return "\(value)"
      }
    } catch {
      return caseName(error)
    }
  }

  private func message(_ kind: InputDescription.Kind, _ offered: OfferedValue) -> String {
    let input = InputDescription(name: "x", kind: kind)
    let error = #expect(throws: ZCError.self) { try input.accept(offered, in: context) }
    return error?.description ?? "accepted"
  }

  private static let numbers = SIMD4<Double>(0.25, 0.5, 0.75, 1)
  private static let point = InputDescription.Kind.point2D(.init(default: [1, 2]))
  private static let color = InputDescription.Kind.color(.init(default: [0.1, 0.2]))

  /// Everything that can be offered but a frame.
  private static let offers: [OfferedValue] = [
    .none, .bool(true), .integer(1), .integer(7), .real(0.5), .real(.nan),
    .vector(numbers, count: 1), .vector(numbers, count: 2), .vector(numbers, count: 3),
    .vector(numbers, count: 4), .vector(numbers, count: 5), .other(nil),
  ]

  @Test(
    "each kind takes what fits it, and nothing else",
    arguments: [
      (.event, [0: "event(false)", 1: "event(true)"]),
      (
        .bool(default: true, identity: nil),
        [0: "bool(true)", 1: "bool(true)", 2: "bool(true)"]
      ),
      (.long(.init()), [0: "long(0)", 2: "long(1)", 3: "long(7)"]),
      (
        .float(.init()),
        [0: "float(0.5)", 2: "float(1.0)", 3: "float(7.0)", 4: "float(0.5)", 5: "outOfRange"]
      ),
      (point, [0: "point2D(1.0, 2.0)", 7: "point2D(0.25, 0.5)"]),
      (
        color,
        [
          0: "color(0.1, 0.2, 0.0, 0.0)", 8: "color(0.25, 0.5, 0.75, 1.0)",
          9: "color(0.25, 0.5, 0.75, 1.0)",
        ]
      ),
      (.image, [0: "no image"]),
    ] as [(InputDescription.Kind, [Int: String])])
  func kinds(kind: InputDescription.Kind, taken: [Int: String]) {
    for (index, offered) in Self.offers.enumerated() {
      #expect(outcome(kind, offered) == taken[index] ?? "wrongType", "\(offered)")
    }
  }

  @Test("a picture fits an image, and nothing else")
  func frames() throws {
    let frame = OfferedValue.frame(try context.clearFrame())
    #expect(outcome(.image, frame) == "an image")
    for kind: InputDescription.Kind in [
      .event, .bool(default: true, identity: nil), .long(.init()), .float(.init()), Self.point,
      Self.color,
    ] {
      #expect(outcome(kind, frame) == "wrongType")
    }
  }

  @Test("a picture of another context is refused, and so is one of an ended context")
  func otherContext() throws {
    let other = GPUContext(recording: RecordingGL())
    #expect(outcome(.image, .frame(try other.clearFrame())) == "wrongContext")
    let frame = try context.clearFrame()
    try context.close()
    #expect(outcome(.image, .frame(frame)) == "closed")
  }

  @Test("a float's declared range is kept, in either order; one that is not declared binds nobody")
  func floats() {
    var range = InputDescription.Range()
    #expect(outcome(.float(range), .real(-1e30)) == "float(-1e+30)")
    #expect(outcome(.float(range), .real(-1e300)) == "outOfRange")
    #expect(outcome(.float(range), .real(.infinity)) == "outOfRange")
    range.isDeclared = true
    for (low, high) in [(2.0, 4.0), (4.0, 2.0)] {
      range.min = low
      range.max = high
      #expect(outcome(.float(range), .real(2)) == "float(2.0)")
      #expect(outcome(.float(range), .integer(4)) == "float(4.0)")
      #expect(outcome(.float(range), .real(4.5)) == "outOfRange")
      #expect(outcome(.float(range), .integer(1)) == "outOfRange")
    }
  }

  @Test("a long's bounds are kept, in either order, and its default is always taken")
  func longs() {
    var choices = InputDescription.Choices()
    #expect(outcome(.long(choices), .integer(Int64(Int32.min))) == "long(-2147483648)")
    #expect(outcome(.long(choices), .integer(1 << 31)) == "outOfRange")
    #expect(outcome(.long(choices), .integer(.min)) == "outOfRange")
    for (low, high) in [(2, 4), (4, 2)] as [(Int32, Int32)] {
      choices.min = low
      choices.max = high
      #expect(outcome(.long(choices), .integer(3)) == "long(3)")
      #expect(outcome(.long(choices), .integer(5)) == "outOfRange")
      #expect(outcome(.long(choices), .integer(0)) == "long(0)")
    }
    choices.max = nil
    choices.min = 2
    #expect(outcome(.long(choices), .integer(99)) == "long(99)")
    #expect(outcome(.long(choices), .integer(1)) == "outOfRange")
  }

  @Test("a long with values takes these, and its default")
  func choices() {
    var choices = InputDescription.Choices()
    choices.values = [1, 3]
    choices.labels = ["one", "three"]
    #expect(outcome(.long(choices), .integer(3)) == "long(3)")
    #expect(outcome(.long(choices), .integer(0)) == "long(0)")
    #expect(
      message(.long(choices), .integer(2)) == "input 'x' takes one of 1 (one), 3 (three), not 2")
  }

  @Test("each component of a point or color is held to its own bounds")
  func vectors() {
    var vector = InputDescription.Vector(default: [0, 0])
    vector.min = [0, 10]
    vector.max = [1, 5]
    func point(_ x: Double, _ y: Double) -> String {
      outcome(.point2D(vector), .vector(SIMD4(x, y, 0, 0), count: 2))
    }
    #expect(point(0.5, 7) == "point2D(0.5, 7.0)")
    #expect(point(1.5, 7) == "outOfRange")
    #expect(point(0.5, 11) == "outOfRange")
    #expect(point(.nan, 7) == "outOfRange")
    #expect(point(0.5, .infinity) == "outOfRange")
    vector.min = [0]
    vector.max = []
    #expect(point(0, -1e30) == "point2D(0.0, -1e+30)")
    #expect(point(0, -1e300) == "outOfRange")
  }

  @Test(
    "a message says what the input takes, and what it was offered",
    arguments: [
      (.event, .real(1), "input 'x' is an event: it takes True or False, not a float"),
      (
        .long(.init()), .bool(true),
        "input 'x' is a long: it takes an integer from -2147483648 to 2147483647, not a bool"
      ),
      (.float(.init()), .other(nil), "input 'x' is a float: it takes a number, not something else"),
      (
        point, .vector(numbers, count: 3),
        "input 'x' is a point2D: it takes two numbers (x, y), not 3 numbers"
      ),
      (
        color, .integer(1),
        "input 'x' is a color: it takes three or four numbers (r, g, b[, a]), not an integer"
      ),
      (
        .image, .integer(1),
        "input 'x' is an image: it takes a path, a PIL image, an array (H, W, 3 or 4), a Frame "
          + "or a video, not an integer"
      ),
    ] as [(InputDescription.Kind, OfferedValue, String)])
  func messages(kind: InputDescription.Kind, offered: OfferedValue, expected: String) {
    #expect(message(kind, offered) == expected)
  }

  @Test("a message about a range names it")
  func ranges() {
    var choices = InputDescription.Choices()
    choices.min = 1
    choices.max = 5
    #expect(
      message(.long(choices), .integer(9)) == "input 'x' takes an integer from 1 to 5, not 9")
    var range = InputDescription.Range()
    range.isDeclared = true
    #expect(
      message(.float(range), .real(2))
        == "input 'x' takes a number from 0.0 to 1.0; 2.0 is outside")
  }
}
