public import CZCGPU
import ZCColor
import ZCCore
import ZCVideo

@c @implementation
public func zcg_video_frame_acquire(
  _ frame: zcg_video_frame, _ another: UnsafeMutablePointer<zcg_video_frame>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let another = try unsafe another.required("another")
    let object: VideoFrame = try Handles.videoFrames.object(frame.bits)
    unsafe another.pointee.bits = try Handles.videoFrames.insert(object.share(as: object.role))
  }
}

@c @implementation
public func zcg_video_frame_destroy(
  _ frame: UnsafeMutablePointer<zcg_video_frame>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let frame = try unsafe frame.required("frame")
    try unsafe Handles.videoFrames.remove(&frame.pointee.bits)
  }
}

@c @implementation
public func zcg_video_frame_get_facts(
  _ frame: zcg_video_frame, _ facts: UnsafeMutablePointer<zcg_video_frame_facts>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let facts = try unsafe facts.required("facts")
    let object: VideoFrame = try Handles.videoFrames.object(frame.bits)
    unsafe facts.pointee = zcg_video_frame_facts(object)
  }
}

@c @implementation
public func zcg_video_frame_describe(
  _ frame: zcg_video_frame, _ json: UnsafeMutablePointer<zcg_text>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let json = try unsafe json.required("json")
    let object: VideoFrame = try Handles.videoFrames.object(frame.bits)
    unsafe json.pointee = try Text.handle(object.facts.report.text)
  }
}

@c @implementation
public func zcg_video_frame_get_holders(
  _ frame: zcg_video_frame, _ holders: UnsafeMutablePointer<zcg_holders>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let holders = try unsafe holders.required("holders")
    let object: VideoFrame = try Handles.videoFrames.object(frame.bits)
    unsafe holders.pointee = zcg_holders(object)
  }
}

@c @implementation
public func zcg_video_frame_acquire_lease(
  _ frame: zcg_video_frame, _ role: zcg_role, _ lease: UnsafeMutablePointer<zcg_lease>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let lease = try unsafe lease.required("lease")
    let object: VideoFrame = try Handles.videoFrames.object(frame.bits)
    unsafe lease.pointee.bits = try Handles.leases.insert(
      Leased(.videoFrame(object.lease(as: Role(role)))))
  }
}

@c @implementation
public func zcg_lease_acquire_video_frame(
  _ lease: zcg_lease, _ frame: UnsafeMutablePointer<zcg_video_frame>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let frame = try unsafe frame.required("frame")
    let object: Leased = try Handles.leases.object(lease.bits)
    unsafe frame.pointee.bits = try Handles.videoFrames.insert(
      object.videoFrame.share(as: .presenter))
  }
}

@c @implementation
public func zcg_plane_acquire(
  _ frame: zcg_video_frame, _ number: Int32, _ plane: UnsafeMutablePointer<zcg_plane>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let plane = try unsafe plane.required("plane")
    let object: VideoFrame = try Handles.videoFrames.object(frame.bits)
    let view = try object.view(ofPlane: Int(number))
    unsafe plane.pointee.bits = try Handles.planes.insert(view)
  }
}

@c @implementation
public func zcg_plane_get_layout(
  _ plane: zcg_plane, _ layout: UnsafeMutablePointer<zcg_plane_layout>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let layout = try unsafe layout.required("layout")
    let view: PlaneView = try Handles.planes.object(plane.bits)
    let (plane, place) = (view.plane, view.plane.place)
    // The plane's handle keeps the memory where it is.
    unsafe layout.pointee = zcg_plane_layout(
      data: place.start, row_stride: Int64(place.stride), width: Int32(clamping: plane.columns),
      height: Int32(clamping: place.rows), channels: Int32(clamping: plane.channels),
      sample_bytes: Int32(clamping: plane.bytesPerSample))
  }
}

@c @implementation
public func zcg_plane_share(
  _ plane: zcg_plane, _ another: UnsafeMutablePointer<zcg_plane>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let another = try unsafe another.required("another")
    let view: PlaneView = try Handles.planes.object(plane.bits)
    unsafe another.pointee.bits = try Handles.planes.insert(
      PlaneView(view.number, of: view.memory))
  }
}

@c @implementation
public func zcg_plane_destroy(
  _ plane: UnsafeMutablePointer<zcg_plane>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let plane = try unsafe plane.required("plane")
    try unsafe Handles.planes.remove(&plane.pointee.bits)
  }
}

extension zcg_video_frame_facts {
  fileprivate init(_ frame: VideoFrame) {
    let facts = frame.facts
    self.init()
    number = facts.number.map { Int64($0) } ?? -1
    ticks = facts.ticks ?? Int64.min
    seconds = facts.seconds
    duration = facts.duration
    time_base_numerator = Int32(clamping: facts.timeBase.numerator)
    time_base_denominator = Int32(clamping: facts.timeBase.denominator)
    width = Int32(clamping: facts.width)
    height = Int32(clamping: facts.height)
    is_key = facts.isKey ? 1 : 0
    is_damaged = facts.isDamaged ? 1 : 0
    is_interlaced = facts.isInterlaced ? 1 : 0
    plane_count = Int32(clamping: frame.planeCount)
  }
}
