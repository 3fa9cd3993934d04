public import CZCGPU
import ZCContext
import ZCCore
import ZCGL

@c @implementation
public func zcg_frame_create(
  _ context: zcg_context, _ pixels: UnsafePointer<zcg_pixels>?,
  _ frame: UnsafeMutablePointer<zcg_frame>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let pixels = try unsafe pixels.required("pixels")
    let frame = try unsafe frame.required("frame")
    let object: GPUContext = try Handles.contexts.object(context.bits)
    let source = unsafe try PixelSource(
      pixels.pointee, limit: object.maxTextureSize)
    let made = try Frame(source, in: object)
    unsafe frame.pointee.bits = try Handles.frames.insert(made)
  }
}

@c @implementation
public func zcg_frame_acquire(
  _ frame: zcg_frame, _ another: UnsafeMutablePointer<zcg_frame>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let another = try unsafe another.required("another")
    let object: Frame = try Handles.frames.object(frame.bits)
    unsafe another.pointee.bits = try Handles.frames.insert(object.share(as: .presenter))
  }
}

@c @implementation
public func zcg_frame_destroy(
  _ frame: UnsafeMutablePointer<zcg_frame>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let frame = try unsafe frame.required("frame")
    try unsafe Handles.frames.remove(&frame.pointee.bits)
  }
}

@c @implementation
public func zcg_frame_get_layout(
  _ frame: zcg_frame, _ layout: UnsafeMutablePointer<zcg_frame_layout>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let layout = try unsafe layout.required("layout")
    let object: Frame = try Handles.frames.object(frame.bits)
    unsafe layout.pointee = zcg_frame_layout(
      width: object.record.picture.width, height: object.record.picture.height,
      format: object.record.format.abi, is_usable: object.isUsable ? 1 : 0,
      face_count: object.record.isCube ? 6 : 1)
  }
}

@c @implementation
public func zcg_frame_read(
  _ frame: zcg_frame, _ destination: UnsafePointer<zcg_destination>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let destination = try unsafe destination.required("destination")
    let object: Frame = try Handles.frames.object(frame.bits)
    try object.read(
      into: unsafe Destination(
        destination.pointee, extent: object.record.picture, of: object.record.format))
  }
}

@c @implementation
public func zcg_frame_map(
  _ frame: zcg_frame, _ data: UnsafeMutablePointer<UnsafeRawPointer?>?,
  _ length: UnsafeMutablePointer<Int>?, _ mapping: UnsafeMutablePointer<UInt64>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let data = try unsafe data.required("data")
    let length = try unsafe length.required("length")
    let mapping = try unsafe mapping.required("mapping")
    let object: Frame = try Handles.frames.object(frame.bits)
    let view = try object.view()
    unsafe mapping.pointee = try Handles.mappings.insert(view)
    // The mapping's handle keeps the pixels where they are.
    let pixels = view.pixels
    unsafe data.pointee = UnsafeRawPointer(pixels.bytes.baseAddress)
    unsafe length.pointee = pixels.bytes.count
  }
}

@c @implementation
public func zcg_frame_unmap(_ mapping: UInt64, _ err: UnsafeMutablePointer<zcg_error>?)
  -> zcg_status
{
  unsafe boundary(err) { () throws(ZCError) in
    var bits = mapping
    try Handles.mappings.remove(&bits)
  }
}

extension PixelFormat {
  var abi: zcg_format {
    switch self {
    case .rgba8: ZCG_FORMAT_RGBA8
    case .rgba32Float: ZCG_FORMAT_RGBA32F
    case .r8: ZCG_FORMAT_R8
    case .rg8: ZCG_FORMAT_RG8
    case .r16: ZCG_FORMAT_R16
    case .rg16: ZCG_FORMAT_RG16
    }
  }

  /// What is drawn into: planes' formats are not.
  init(_ format: zcg_format) throws(ZCError) {
    switch format {
    case ZCG_FORMAT_RGBA8: self = .rgba8
    case ZCG_FORMAT_RGBA32F: self = .rgba32Float
    default: throw .invalidArgument("there is no format \(format.rawValue)")
    }
  }
}

extension Destination {
  /// `format` is the frame's, which the block must name; nil takes any that is drawn into.
  init(_ block: zcg_destination, extent: Extent, of format: PixelFormat? = nil) throws(ZCError) {
    try unsafe checkSize(block.struct_size, of: zcg_destination.self)
    guard let data = unsafe block.data else { throw .badBuffer("the buffer has no memory") }
    if let format, unsafe block.format != format.abi {
      throw .badBuffer("the buffer's element type is not the frame's, \(format.elementName)")
    }
    guard let length = unsafe Int(exactly: block.length) else {
      throw .badBuffer("the buffer's length is beyond the address space")
    }
    let element = if let format { format } else { try unsafe PixelFormat(block.format) }
    unsafe try self.init(
      UnsafeMutableRawBufferPointer(start: data, count: length),
      rowStride: block.row_stride == 0 ? nil : Int(block.row_stride), extent: extent,
      format: element)
  }
}

extension PixelSource {
  fileprivate init(_ block: zcg_pixels, limit: Int32) throws(ZCError) {
    try unsafe checkSize(block.struct_size, of: zcg_pixels.self)
    guard let data = unsafe block.data else { throw .badBuffer("the picture has no memory") }
    unsafe try self.init(
      data, available: Int(clamping: block.length),
      rowStride: block.row_stride == 0 ? nil : Int(block.row_stride),
      channels: Int(block.channels), isFloat: block.is_float != 0,
      extent: try Extent(
        width: Int64(block.width), height: Int64(block.height), limit: limit, of: "a picture"))
  }
}
