/// A picture in DMA-BUFs whose every number fits: the planes lie within their memory, one after the
/// other as the format has them. Plain data: the descriptors are somebody else's.
package struct Surface: Hashable, Sendable {
  package struct Plane: Hashable, Sendable {
    package let format: PlaneFormat
    package let extent: Extent
    package let descriptor: Int32
    package let offset: Int32
    package let pitch: Int32
    /// Names the memory for as long as anybody has it.
    package let inode: UInt64
  }

  package let fourcc: Fourcc
  package let extent: Extent
  package let planes: [Plane]
  /// How pixels are ordered in memory, by drm_fourcc.h; nil where that is not told.
  package let modifier: UInt64?

  private init(fourcc: Fourcc, extent: Extent, planes: [Plane], modifier: UInt64?) {
    self.fourcc = fourcc
    self.extent = extent
    self.planes = planes
    self.modifier = modifier
  }

  /// DRM_FORMAT_MOD_INVALID.
  package static let unknownModifier: UInt64 = 0x00FF_FFFF_FFFF_FFFF
  /// DRM_FORMAT_MOD_LINEAR: rows one after the other.
  package static let linear: UInt64 = 0

  /// The surface that a layout describes. `limit` is the driver's longest side, in pixels; `facts`
  /// are what the system says of a descriptor, nil where none is open.
  /// - Throws: `badSize`; `dmabuf`, saying which number does not fit, and what would.
  package init(
    _ layout: SurfaceLayout, limit: Int32, asking facts: (Int32) -> DescriptorFacts?
  ) throws(ZCError) {
    extent = try Extent(
      width: layout.width, height: layout.height, limit: limit, of: "a surface")
    fourcc = layout.fourcc
    guard let formats = fourcc.planes else {
      throw .dmabuf(
        "\(fourcc) is no format that is known here; there are "
          + Fourcc.known.map(\.description).joined(separator: ", "))
    }
    let described = try layout.planes(of: formats)
    var planes: [Plane] = []
    for (number, (format, place)) in zip(formats, described).enumerated() {
      planes.append(
        try Plane(
          place, of: format, number: number, surface: extent, in: layout.objects, facts))
    }
    self.planes = planes
    let modifiers = Set(described.map { layout.objects[$0.object].modifier })
    guard let modifier = modifiers.first, modifiers.count == 1 else {
      throw .dmabuf("its planes have different modifiers; a surface has one")
    }
    self.modifier = modifier == Surface.unknownModifier ? nil : modifier
  }
}

extension SurfaceLayout {
  /// Where each plane is, once they are as many as the format has, each in an object that is there.
  fileprivate func planes(of formats: [PlaneFormat]) throws(ZCError) -> [Plane] {
    let all = layers.flatMap(\.planes)
    guard all.count == formats.count else {
      throw .dmabuf("it has \(all.count) planes; \(fourcc) has \(formats.count)")
    }
    if layers.count > 1 {
      for (number, (layer, format)) in zip(layers, formats).enumerated()
      where layer.planes.count != 1 || layer.fourcc != format.fourcc {
        throw .dmabuf(
          "layer \(number) is \(layer.planes.count) planes of \(layer.fourcc); of \(fourcc) it is "
            + "one of \(format.fourcc)")
      }
    } else if let layer = layers.first, layer.fourcc != fourcc {
      throw .dmabuf("its layer is \(layer.fourcc), and the surface \(fourcc)")
    }
    for (number, plane) in all.enumerated() where !objects.indices.contains(plane.object) {
      throw .dmabuf(
        "plane \(number) lies in object \(plane.object); there are \(objects.count), counted from 0"
      )
    }
    return all
  }
}

extension Surface.Plane {
  fileprivate init(
    _ place: SurfaceLayout.Plane, of format: PlaneFormat, number: Int, surface: Extent,
    in objects: [SurfaceLayout.Object], _ facts: (Int32) -> DescriptorFacts?
  ) throws(ZCError) {
    let object = objects[place.object]
    let extent = format.isHalved ? surface.halved : surface
    let row = Int64(extent.width) * Int64(format.bytesPerPixel)
    let name = "plane \(number)"
    guard let known = facts(object.descriptor) else {
      throw .dmabuf("\(name): descriptor \(object.descriptor) is not open")
    }
    guard (row...Int64(Int32.max)).contains(place.pitch) else {
      throw .dmabuf(
        "\(name): rows are \(place.pitch) bytes apart; \(extent.width) pixels of \(format.fourcc) "
          + "need \(row) at least, and \(Int32.max) is the most")
    }
    guard (0...Int64(Int32.max)).contains(place.offset) else {
      throw .dmabuf("\(name): the offset is \(place.offset); 0 to \(Int32.max) can be told to EGL")
    }
    let size = known.holding(stated: object.size)
    // Below 2^31 each: the sum is below 2^63.
    let end = place.offset + place.pitch * Int64(extent.height - 1) + row
    guard size > 0 else {
      throw .dmabuf(
        "\(name): nobody says how large the memory of descriptor \(object.descriptor) is")
    }
    guard end <= size else {
      throw .dmabuf(
        "\(name): \(extent.width) x \(extent.height) pixels from offset \(place.offset), rows "
          + "\(place.pitch) bytes apart, end at byte \(end); the memory of descriptor "
          + "\(object.descriptor) has \(size)")
    }
    guard known.mayBeDmabuf else {
      throw .dmabuf(
        "\(name): descriptor \(object.descriptor) is no DMA-BUF, but other memory or a file")
    }
    self.format = format
    self.extent = extent
    descriptor = object.descriptor
    offset = Int32(place.offset)
    pitch = Int32(place.pitch)
    inode = known.inode
  }
}

extension Surface {
  /// The same surface by other descriptors of the same memory.
  package func described(by others: [Int32: Int32]) -> Surface {
    Surface(
      fourcc: fourcc, extent: extent,
      planes: planes.map { plane in
        Plane(
          format: plane.format, extent: plane.extent,
          descriptor: others[plane.descriptor] ?? plane.descriptor, offset: plane.offset,
          pitch: plane.pitch, inode: plane.inode)
      }, modifier: modifier)
  }

  /// What an import of it is known by.
  package var key: SurfaceKey {
    SurfaceKey(
      fourcc: fourcc, extent: extent, modifier: modifier,
      places: planes.map { SurfaceKey.Place(inode: $0.inode, offset: $0.offset, pitch: $0.pitch) })
  }
}

/// What tells a surface from any other, as long as somebody has its memory: descriptors come and go.
package struct SurfaceKey: Hashable, Sendable {
  struct Place: Hashable, Sendable {
    let inode: UInt64
    let offset: Int32
    let pitch: Int32
  }

  let fourcc: Fourcc
  let extent: Extent
  let modifier: UInt64?
  let places: [Place]
}
