package import ZCAudio
package import ZCContext

/// What an input holds: already checked against its declaration.
package enum InputValue: Sendable {
  /// True until the next frame has been drawn.
  case event(Bool)
  case bool(Bool)
  case long(Int32)
  case float(Double)
  case point2D(Double, Double)
  case point3D(Double, Double, Double)
  case color(Double, Double, Double, Double)
  /// A picture or a cube; nil shows transparent black.
  case image(Frame?)
  /// A picture that follows the time of the frame that is drawn.
  case moving(any MovingPicture)
  /// nil is silence.
  case audio(Audio?)
}

/// A caller's value for one input.
package struct Offer: Sendable {
  package var index: Int
  package var value: OfferedValue
  /// The edition that the index was found in; 0 is whichever the scene is in.
  package var edition: UInt32

  package init(index: Int, value: OfferedValue, edition: UInt32 = 0) {
    self.index = index
    self.value = value
    self.edition = edition
  }

  var isDefault: Bool { if case .none = value { true } else { false } }
}

/// What a caller offers for an input, before anyone asks whether it fits.
package enum OfferedValue: Sendable {
  /// The input's default; for an image or a sound, none.
  case none
  case bool(Bool)
  case integer(Int64)
  case real(Double)
  /// As many numbers of the four as `count` says.
  case vector(SIMD4<Double>, count: Int)
  case frame(Frame)
  case moving(any MovingPicture)
  case audio(Audio)
  /// Something no input takes, and what it calls itself.
  case other(String?)

  /// The offered type in the words of a message.
  var typeName: String {
    switch self {
    case .none: "nothing"
    case .bool: "a bool"
    case .integer: "an integer"
    case .real: "a float"
    case .vector(_, let count): "\(count) numbers"
    case .frame(let frame): frame.record.isCube ? "a cube" : "a picture"
    case .moving: "a video"
    case .audio: "a sound"
    case .other(let name): name ?? "something else"
    }
  }
}
