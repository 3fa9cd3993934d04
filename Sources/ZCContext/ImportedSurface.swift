package import ZCCore
import ZCGL

/// Textures whose memory is somebody else's: a surface's planes, or all of them in one external
/// texture. The GPU reads that memory in place: what is written there is seen by the next draw.
///
/// Rows are as the memory has them, the first one at the bottom of the texture. Dropping it never calls
/// GL: the textures wait in the graveyard for the work that last read them.
package final class ImportedSurface: Sendable {
  package struct Plane: Hashable, Sendable {
    package let name: UInt32
    package let fourcc: Fourcc
    package let extent: Extent
  }

  package let fourcc: Fourcc
  package let extent: Extent
  /// By which way it came in.
  package let rung: ImportLadder.Rung
  package let planes: [Plane]
  package let generation: Generation
  private let graveyard: Graveyard

  init(
    _ surface: Surface, by rung: ImportLadder.Rung, _ planes: [Plane], _ graveyard: Graveyard,
    in generation: Generation
  ) {
    fourcc = surface.fourcc
    extent = surface.extent
    self.rung = rung
    self.planes = planes
    self.graveyard = graveyard
    self.generation = generation
  }

  /// The driver converts it to RGB when it is read, through the one texture there is.
  package var isExternal: Bool { rung.isComposed }

  deinit {
    for plane in planes { graveyard.bury(.imported(plane), from: generation) }
  }
}

extension ImportedSurface.Plane {
  func delete(_ current: borrowing Current) {
    current.gl.deleteTexture(name)
  }
}
