/// One entry of a header's INPUTS, as the author declared it and the text completes it.
package struct InputDescription: Hashable, Sendable {
  package var name: String
  package var label: String?
  package var description: String?
  package var kind: Kind
  /// Line of the declaration in the file, for messages.
  package var line: Int

  package init(
    name: String, label: String? = nil, description: String? = nil, kind: Kind, line: Int = 0
  ) {
    self.name = name
    self.label = label
    self.description = description
    self.kind = kind
    self.line = line
  }

  /// An input's type with its attributes.
  package enum Kind: Hashable, Sendable {
    case event
    case bool(default: Bool, identity: Bool?)
    case long(Choices)
    case float(Range)
    /// Two numbers; default (0, 0).
    case point2D(Vector)
    /// Three numbers; default (0, 0, 0). Not in ISF's text, but in libraries.
    case point3D(Vector)
    /// Red, green, blue, alpha; default (0, 0, 0, 0).
    case color(Vector)
    case image
    /// A waveform: a column is a sample, a row a channel.
    case audio(Columns)
    /// Magnitudes: a column is a frequency band, a row a channel.
    case audioFFT(Columns)
    /// Six pictures around a point.
    case cube
  }

  /// How many columns the texture of an `audio` or `audioFFT` input has; nil leaves it to us.
  package struct Columns: Hashable, Sendable {
    package var max: Int32? = nil
    package init() {}
  }

  /// A `long`: an integer, chosen from `values` where they are given, else within `min`…`max`.
  package struct Choices: Hashable, Sendable {
    package var values: [Int32] = []
    /// As many as `values`, or empty.
    package var labels: [String] = []
    package var min: Int32? = nil
    package var max: Int32? = nil
    package var `default`: Int32 = 0
    package var identity: Int32? = nil
    package init() {}
  }

  /// A `float`. `min` and `max` are what a user interface shows: 0…1 where the header has no range.
  package struct Range: Hashable, Sendable {
    package var min: Double = 0
    package var max: Double = 1
    /// Clamped into the range; the midpoint where the header gives none.
    package var `default`: Double = 0.5
    package var identity: Double? = nil
    /// Both bounds stand in the header, so a value outside them is refused.
    package var isDeclared = false
    package init() {}
  }

  /// A `point2D` (2 components), `point3D` (3) or `color` (4).
  package struct Vector: Hashable, Sendable {
    package var min: [Double]? = nil
    package var max: [Double]? = nil
    package var `default`: [Double]
    package var identity: [Double]? = nil
    package init(default: [Double]) { self.default = `default` }
  }

  /// The type's name as ISF spells it.
  package var typeName: String {
    switch kind {
    case .event: "event"
    case .bool: "bool"
    case .long: "long"
    case .float: "float"
    case .point2D: "point2D"
    case .point3D: "point3D"
    case .color: "color"
    case .image: "image"
    case .audio: "audio"
    case .audioFFT: "audioFFT"
    case .cube: "cube"
    }
  }
}
