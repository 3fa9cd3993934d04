public import CZCGPU
import ZCContext
import ZCCore

@c @implementation
public func zcg_process_end(_ err: UnsafeMutablePointer<zcg_error>?) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    GPUContext.endAll(Handles.contexts.all.map(\.object))
  }
}
