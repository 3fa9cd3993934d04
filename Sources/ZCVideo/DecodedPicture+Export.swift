import CAV
import ZCCore

extension DecodedPicture {
  /// The picture's memory as DMA-BUFs. Waits for the device.
  /// - Throws: `dmabuf` where the device hands nothing out, with its reason.
  func exported() throws(ZCError) -> (layout: SurfaceLayout, descriptors: Descriptors) {
    guard facts.is_hardware != 0 else {
      throw .dmabuf("the frame was decoded on the CPU, into memory of this process alone")
    }
    var surface = zcav_surface()
    var err = zcav_error()
    // Each plane a layer of its own; drivers that have them together say so.
    var status = unsafe library.table.pointee.frame_export(pointer, 0, &surface, &err)
    if Int(status) != ZCAV_OK {
      status = unsafe library.table.pointee.frame_export(pointer, 1, &surface, &err)
    }
    guard Int(status) == ZCAV_OK else {
      throw .dmabuf("the device hands its memory out to nobody: \(err.words)")
    }
    let objects = surface.objects
    let descriptors = Descriptors(adopting: objects.map(\.descriptor).filter { $0 >= 0 })
    return (
      SurfaceLayout(
        fourcc: Fourcc(code: surface.fourcc), width: Int64(facts.width),
        height: Int64(facts.height), objects: objects, layers: surface.layers), descriptors
    )
  }
}

extension zcav_surface {
  fileprivate var objects: [SurfaceLayout.Object] {
    [object.0, object.1, object.2, object.3].prefix(Int(max(0, min(object_count, 4)))).map {
      SurfaceLayout.Object(descriptor: $0.fd, size: $0.size, modifier: $0.modifier)
    }
  }

  fileprivate var layers: [SurfaceLayout.Layer] {
    [layer.0, layer.1, layer.2, layer.3].prefix(Int(max(0, min(layer_count, 4)))).map { layer in
      let planes = [layer.plane.0, layer.plane.1, layer.plane.2, layer.plane.3]
      return SurfaceLayout.Layer(
        fourcc: Fourcc(code: layer.fourcc),
        planes: planes.prefix(Int(max(0, min(layer.plane_count, 4)))).map {
          SurfaceLayout.Plane(object: Int($0.object), offset: $0.offset, pitch: $0.pitch)
        })
    }
  }
}
