public import CZCGPU
import ZCColor
import ZCContext
import ZCCore
import ZCGL
import ZCVideo

@c @implementation
public func zcg_frame_import(
  _ context: zcg_context, _ layout: UnsafePointer<zcg_dmabuf_layout>?,
  _ frame: UnsafeMutablePointer<zcg_frame>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let layout = try unsafe layout.required("layout")
    let frame = try unsafe frame.required("frame")
    let object: GPUContext = try Handles.contexts.object(context.bits)
    let block = unsafe layout.pointee
    let (described, color) = (try SurfaceLayout(block), try ColorDescription(block))
    let made = try Frame(importing: described, color: color, in: object)
    unsafe frame.pointee.bits = try Handles.frames.insert(made)
  }
}

@c @implementation
public func zcg_frame_export(
  _ frame: zcg_frame, _ dmabuf: UnsafeMutablePointer<zcg_dmabuf>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let dmabuf = try unsafe dmabuf.required("dmabuf")
    let object: Frame = try Handles.frames.object(frame.bits)
    unsafe dmabuf.pointee.bits = try Handles.dmabufs.insert(object.exported())
  }
}

@c @implementation
public func zcg_dmabuf_get_layout(
  _ dmabuf: zcg_dmabuf, _ layout: UnsafeMutablePointer<zcg_dmabuf_layout>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let layout = try unsafe layout.required("layout")
    let object: Dmabuf = try Handles.dmabufs.object(dmabuf.bits)
    try unsafe checkSize(layout.pointee.struct_size, of: zcg_dmabuf_layout.self)
    let block = zcg_dmabuf_layout(object.layout)
    unsafe layout.pointee = block
  }
}

@c @implementation
public func zcg_dmabuf_destroy(
  _ dmabuf: UnsafeMutablePointer<zcg_dmabuf>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let dmabuf = try unsafe dmabuf.required("dmabuf")
    try unsafe Handles.dmabufs.remove(&dmabuf.pointee.bits)
  }
}

@c @implementation
public func zcg_context_export_fence(
  _ context: zcg_context, _ fd: UnsafeMutablePointer<Int32>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let fd = try unsafe fd.required("fd")
    let object: GPUContext = try Handles.contexts.object(context.bits)
    unsafe fd.pointee = try object.exportFence()
  }
}

extension SurfaceLayout {
  /// One object for each plane.
  fileprivate init(_ block: zcg_dmabuf_layout) throws(ZCError) {
    try checkSize(block.struct_size, of: zcg_dmabuf_layout.self)
    let descriptors = Four(block.fd).all
    let (offsets, pitches) = (Four(block.offset).all, Four(block.pitch).all)
    guard (1...4).contains(block.plane_count) else {
      throw .dmabuf("a surface has 1 to 4 planes, not \(block.plane_count)")
    }
    let count = Int(block.plane_count)
    let planes = (0..<count).map {
      Plane(object: $0, offset: offsets[$0], pitch: pitches[$0])
    }
    let fourcc = Fourcc(code: block.fourcc)
    self.init(
      fourcc: fourcc, width: block.width, height: block.height,
      objects: descriptors.prefix(count).map {
        Object(descriptor: $0, modifier: block.modifier)
      }, layers: [Layer(fourcc: fourcc, planes: planes)])
  }
}

/// What C keeps as an array of four.
private struct Four<Element> {
  let all: [Element]

  init(_ four: (Element, Element, Element, Element)) { all = [four.0, four.1, four.2, four.3] }
}

extension ColorDescription {
  fileprivate init(_ block: zcg_dmabuf_layout) throws(ZCError) {
    self.init()
    guard let range = Range(rawValue: Int(block.range)),
      let siting = Siting(rawValue: Int(block.siting))
    else {
      throw .invalidArgument("there is no range \(block.range) with siting \(block.siting)")
    }
    matrix = block.matrix == 0 ? 2 : Int(block.matrix)
    self.range = range
    self.siting = siting
  }
}

extension zcg_dmabuf_layout {
  fileprivate init(_ layout: SurfaceLayout) {
    self.init()
    struct_size = UInt32(MemoryLayout<Self>.size)
    fourcc = layout.fourcc.code
    width = layout.width
    height = layout.height
    modifier = layout.objects.first?.modifier ?? Surface.unknownModifier
    let planes = layout.layers.flatMap(\.planes)
    plane_count = Int32(clamping: planes.count)
    func four<Value>(_ none: Value, _ value: (SurfaceLayout.Plane) -> Value) -> (
      Value, Value, Value, Value
    ) {
      let all = planes.prefix(4).map(value) + Array(repeating: none, count: 4)
      return (all[0], all[1], all[2], all[3])
    }
    fd = four(-1) { plane in
      layout.objects.indices.contains(plane.object) ? layout.objects[plane.object].descriptor : -1
    }
    offset = four(0) { $0.offset }
    pitch = four(0) { $0.pitch }
  }
}
