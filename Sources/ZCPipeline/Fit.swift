/// How a picture is put into a rectangle of another shape.
package enum Fit: String, CaseIterable, Hashable, Sendable {
  /// All of the picture, in the middle.
  case contain
  /// All of the rectangle: what of the picture is too wide or too high is left out on both sides.
  case cover
  /// All of both: the picture's shape changes.
  case stretch

  /// Where a picture goes, in pixels of the rectangle, and the part of it that is shown, from 0
  /// to 1.
  package struct Placement: Hashable, Sendable {
    package var x: Int32 = 0
    package var y: Int32 = 0
    package var width: Int32
    package var height: Int32
    package var partX = 0.0
    package var partY = 0.0
    package var partWidth = 1.0
    package var partHeight = 1.0
  }

  /// Places a picture of `width` x `height` samples, each `aspect` times as wide as high, in a
  /// rectangle of `room` pixels. All are above 0; an aspect that is no number is 1.
  package func place(
    width: Int32, height: Int32, aspect: Double, inRoom room: (width: Int32, height: Int32)
  ) -> Placement {
    var placement = Placement(width: room.width, height: room.height)
    let aspect = aspect.isFinite && aspect > 0 ? aspect : 1
    let (wide, high) = (Double(room.width), Double(room.height))
    /// How much wider than the room the picture is, in shape.
    let excess = Double(width) * aspect / Double(height) / (wide / high)
    guard excess.isFinite, excess > 0 else { return placement }
    switch self {
    case .stretch: break
    case .contain where excess > 1:
      placement.height = max(1, Int32((high / excess).rounded()))
      placement.y = (room.height - placement.height) / 2
    case .contain:
      placement.width = max(1, Int32((wide * excess).rounded()))
      placement.x = (room.width - placement.width) / 2
    case .cover where excess > 1:
      placement.partWidth = 1 / excess
      placement.partX = (1 - placement.partWidth) / 2
    case .cover:
      placement.partHeight = excess
      placement.partY = (1 - excess) / 2
    }
    return placement
  }
}
