public import CZCGPU
import Synchronization
import ZCCore

/// Whether this process keeps where handles were acquired.
private enum Trace {
  static let isOn = Atomic<Bool>(Settings.environment.isDebugging)
}

extension Handles {
  static var isTracing: Bool { Trace.isOn.load(ordering: .relaxed) }
}

@c @implementation
public func zcg_trace_get(
  _ on: UnsafeMutablePointer<Int32>?, _ err: UnsafeMutablePointer<zcg_error>?
)
  -> zcg_status
{
  unsafe boundary(err) { () throws(ZCError) in
    let on = try unsafe on.required("on")
    unsafe on.pointee = Handles.isTracing ? 1 : 0
  }
}

@c @implementation
public func zcg_trace_set(_ on: Int32, _ err: UnsafeMutablePointer<zcg_error>?) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    Trace.isOn.store(on != 0, ordering: .relaxed)
    if on == 0 { Handles.forgetNotes() }
  }
}

@c @implementation
public func zcg_trace_note(
  _ noun: zcg_noun, _ handle: UInt64, _ text: UnsafePointer<CChar>?, _ length: Int,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    guard Handles.isTracing else { return }
    let note = unsafe String(decoding: bytes(text, length), as: UTF8.self)
    switch noun {
    case ZCG_NOUN_CONTEXT: try Handles.contexts.note(note, with: handle)
    case ZCG_NOUN_SCENE: try Handles.scenes.note(note, with: handle)
    case ZCG_NOUN_FRAME: try Handles.frames.note(note, with: handle)
    case ZCG_NOUN_LEASE: try Handles.leases.note(note, with: handle)
    case ZCG_NOUN_MAPPING: try Handles.mappings.note(note, with: handle)
    case ZCG_NOUN_REFERENCE: try Handles.references.note(note, with: handle)
    case ZCG_NOUN_POOL: try Handles.pools.note(note, with: handle)
    case ZCG_NOUN_AUDIO: try Handles.audios.note(note, with: handle)
    case ZCG_NOUN_PIPELINE: try Handles.pipelines.note(note, with: handle)
    case ZCG_NOUN_DECODER: try Handles.decoders.note(note, with: handle)
    case ZCG_NOUN_RENDERER: try Handles.renderers.note(note, with: handle)
    case ZCG_NOUN_VIDEO: try Handles.videos.note(note, with: handle)
    case ZCG_NOUN_VIDEO_FRAME: try Handles.videoFrames.note(note, with: handle)
    case ZCG_NOUN_PLANE: try Handles.planes.note(note, with: handle)
    case ZCG_NOUN_DMABUF: try Handles.dmabufs.note(note, with: handle)
    default: throw .invalidArgument("there is no noun \(noun.rawValue)")
    }
  }
}
