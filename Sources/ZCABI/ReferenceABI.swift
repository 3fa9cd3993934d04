public import CZCGPU
import ZCContext
import ZCCore

@c @implementation
public func zcg_context_acquire(
  _ context: zcg_context, _ holder: UnsafePointer<CChar>?, _ length: Int,
  _ reference: UnsafeMutablePointer<zcg_reference>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let reference = try unsafe reference.required("reference")
    let object: GPUContext = try Handles.contexts.object(context.bits)
    let name = unsafe String(decoding: bytes(holder, length), as: UTF8.self)
    unsafe reference.pointee.bits = try Handles.references.insert(object.acquire(name))
  }
}

@c @implementation
public func zcg_context_release(
  _ reference: UnsafeMutablePointer<zcg_reference>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let reference = try unsafe reference.required("reference")
    guard unsafe reference.pointee.bits != 0 else { return }
    let object: ContextReference = try unsafe Handles.references.object(reference.pointee.bits)
    try unsafe Handles.references.remove(&reference.pointee.bits)
    try object.release()
  }
}

@c @implementation
public func zcg_reference_destroy(
  _ reference: UnsafeMutablePointer<zcg_reference>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let reference = try unsafe reference.required("reference")
    try unsafe Handles.references.remove(&reference.pointee.bits)
  }
}
