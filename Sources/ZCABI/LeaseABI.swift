public import CZCGPU
import ZCContext
import ZCCore
import ZCVideo

@c @implementation
public func zcg_lease_acquire(
  _ frame: zcg_frame, _ role: zcg_role, _ lease: UnsafeMutablePointer<zcg_lease>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let lease = try unsafe lease.required("lease")
    let object: Frame = try Handles.frames.object(frame.bits)
    unsafe lease.pointee.bits = try Handles.leases.insert(
      Leased(.frame(object.lease(as: Role(role)))))
  }
}

@c @implementation
public func zcg_lease_share(
  _ lease: zcg_lease, _ another: UnsafeMutablePointer<zcg_lease>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let another = try unsafe another.required("another")
    let object: Leased = try Handles.leases.object(lease.bits)
    unsafe another.pointee.bits = try Handles.leases.insert(object.share())
  }
}

@c @implementation
public func zcg_lease_pass(
  _ lease: UnsafeMutablePointer<zcg_lease>?, _ role: zcg_role,
  _ passed: UnsafeMutablePointer<zcg_lease>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let lease = try unsafe lease.required("lease")
    let passed = try unsafe passed.required("passed")
    let object: Leased = try Handles.leases.object(unsafe lease.pointee.bits)
    // The new hold is there before the old one goes; where another thread was faster with the
    // same lease, it is dropped.
    let held = try object.lease(as: Role(role))
    Flight.record(.leasePass, held.subject, object.role, to: held.role)
    try unsafe Handles.leases.remove(&lease.pointee.bits)
    unsafe passed.pointee.bits = try Handles.leases.insert(held)
  }
}

@c @implementation
public func zcg_lease_release(
  _ lease: UnsafeMutablePointer<zcg_lease>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let lease = try unsafe lease.required("lease")
    try unsafe Handles.leases.remove(&lease.pointee.bits)
  }
}

@c @implementation
public func zcg_lease_get_holders(
  _ lease: zcg_lease, _ holders: UnsafeMutablePointer<zcg_holders>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let holders = try unsafe holders.required("holders")
    let object: Leased = try Handles.leases.object(lease.bits)
    unsafe holders.pointee = object.holders
  }
}

@c @implementation
public func zcg_lease_get_role(
  _ lease: zcg_lease, _ role: UnsafeMutablePointer<zcg_role>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let role = try unsafe role.required("role")
    let object: Leased = try Handles.leases.object(lease.bits)
    unsafe role.pointee = object.role.abi
  }
}

@c @implementation
public func zcg_lease_get_noun(
  _ lease: zcg_lease, _ noun: UnsafeMutablePointer<zcg_noun>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let noun = try unsafe noun.required("noun")
    let object: Leased = try Handles.leases.object(lease.bits)
    unsafe noun.pointee = object.noun
  }
}

@c @implementation
public func zcg_lease_acquire_frame(
  _ lease: zcg_lease, _ frame: UnsafeMutablePointer<zcg_frame>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let frame = try unsafe frame.required("frame")
    let object: Leased = try Handles.leases.object(lease.bits)
    unsafe frame.pointee.bits = try Handles.frames.insert(object.frame.share(as: .presenter))
  }
}

@c @implementation
public func zcg_frame_get_holders(
  _ frame: zcg_frame, _ holders: UnsafeMutablePointer<zcg_holders>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let holders = try unsafe holders.required("holders")
    let object: Frame = try Handles.frames.object(frame.bits)
    unsafe holders.pointee = zcg_holders(object.holders)
  }
}

@c @implementation
public func zcg_frame_release(
  _ frame: UnsafeMutablePointer<zcg_frame>?, _ left: UnsafeMutablePointer<zcg_holders>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let frame = try unsafe frame.required("frame")
    let left = try unsafe left.required("left")
    let holders = try holders(ofFrame: unsafe frame.pointee.bits)
    try unsafe Handles.frames.remove(&frame.pointee.bits)
    unsafe left.pointee = zcg_holders(holders)
  }
}

@c @implementation
public func zcg_frame_acquire_context(
  _ frame: zcg_frame, _ context: UnsafeMutablePointer<zcg_context>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let context = try unsafe context.required("context")
    let object: Frame = try Handles.frames.object(frame.bits)
    unsafe context.pointee.bits = try Handles.contexts.insert(object.context)
  }
}

/// Looked up in a function of its own: the frame itself is not kept.
private func holders(ofFrame bits: UInt64) throws(ZCError) -> Holders {
  let object: Frame = try Handles.frames.object(bits)
  return object.holders
}

extension zcg_holders {
  init(_ holders: Holders) { self.init(holders.roles, holders.viewCount) }

  init(_ frame: VideoFrame) { self.init(frame.roles, frame.viewCount) }

  private init(_ roles: RoleLedger, _ viewCount: Int) {
    self.init(
      decoder: roles[.decoder], cache: roles[.cache], presenter: roles[.presenter],
      renderer: roles[.renderer], gpu: roles[.gpu], mappings: UInt32(clamping: viewCount))
  }
}

extension Role {
  init(_ role: zcg_role) throws(ZCError) {
    switch role {
    case ZCG_ROLE_DECODER: self = .decoder
    case ZCG_ROLE_CACHE: self = .cache
    case ZCG_ROLE_PRESENTER: self = .presenter
    case ZCG_ROLE_RENDERER: self = .renderer
    case ZCG_ROLE_GPU: self = .gpu
    default: throw .invalidArgument("there is no role \(role.rawValue)")
    }
  }

  var abi: zcg_role {
    switch self {
    case .decoder: ZCG_ROLE_DECODER
    case .cache: ZCG_ROLE_CACHE
    case .presenter: ZCG_ROLE_PRESENTER
    case .renderer: ZCG_ROLE_RENDERER
    case .gpu: ZCG_ROLE_GPU
    }
  }
}
