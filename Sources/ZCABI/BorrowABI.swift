public import CZCGPU
import ZCContext
import ZCCore
import ZCGL

@c @implementation
public func zcg_context_create_borrowed(
  _ context: UnsafeMutablePointer<zcg_context>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let context = try unsafe context.required("context")
    let made = try GPUContext { () throws(ZCError) in try HostContext.borrow() }
    Mortuary.shared.bury()
    unsafe context.pointee.bits = try Handles.contexts.insert(made)
  }
}

@c @implementation
public func zcg_context_check_errors(
  _ context: zcg_context, _ operation: UnsafePointer<CChar>?, _ length: Int,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let start = try unsafe operation.required("operation")
    guard length >= 0 else { throw .invalidArgument("operation_length is too large") }
    // The caller says that so many bytes lie there.
    let bytes = unsafe UnsafeRawBufferPointer(start: start, count: length)
    let operation = unsafe String(decoding: bytes, as: UTF8.self)
    let object: GPUContext = try Handles.contexts.object(context.bits)
    try object.checkErrors(operation)
  }
}

@c @implementation
public func zcg_context_reset_state(
  _ context: zcg_context, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let object: GPUContext = try Handles.contexts.object(context.bits)
    try object.resetState()
  }
}
