/// A picture in DMA-BUFs, as whoever made it describes it. Nothing of it is to be trusted before it is
/// a ``Surface``.
package struct SurfaceLayout: Hashable, Sendable {
  /// A DMA-BUF. The descriptor stays its owner's.
  package struct Object: Hashable, Sendable {
    package var descriptor: Int32
    /// Bytes; 0 is unknown.
    package var size: UInt64
    /// How pixels are ordered in it, by drm_fourcc.h.
    package var modifier: UInt64

    package init(descriptor: Int32, size: UInt64 = 0, modifier: UInt64 = Surface.unknownModifier) {
      self.descriptor = descriptor
      self.size = size
      self.modifier = modifier
    }
  }

  package struct Plane: Hashable, Sendable {
    /// Which of the objects it lies in.
    package var object: Int
    /// Bytes from the object's start.
    package var offset: Int64
    /// Bytes from one row to the next.
    package var pitch: Int64

    package init(object: Int, offset: Int64, pitch: Int64) {
      self.object = object
      self.offset = offset
      self.pitch = pitch
    }
  }

  /// Planes that are described as a picture of their own; a composed surface has one layer.
  package struct Layer: Hashable, Sendable {
    package var fourcc: Fourcc
    package var planes: [Plane]

    package init(fourcc: Fourcc, planes: [Plane]) {
      self.fourcc = fourcc
      self.planes = planes
    }
  }

  package var fourcc: Fourcc
  package var width: Int64
  package var height: Int64
  package var objects: [Object]
  package var layers: [Layer]

  package init(
    fourcc: Fourcc, width: Int64, height: Int64, objects: [Object], layers: [Layer]
  ) {
    self.fourcc = fourcc
    self.width = width
    self.height = height
    self.objects = objects
    self.layers = layers
  }
}
