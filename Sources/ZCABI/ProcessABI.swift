public import CZCGPU
import ZCContext
import ZCCore
import ZCVideo

@c @implementation
public func zcg_process_end(_ err: UnsafeMutablePointer<zcg_error>?) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    for pipeline in Handles.pipelines.all { pipeline.object.close() }
    for decoder in Handles.decoders.all { decoder.object.close() }
    GPUContext.endAll(Handles.contexts.all.map(\.object))
  }
}
