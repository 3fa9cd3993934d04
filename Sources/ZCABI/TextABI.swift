public import CZCGPU
import ZCCore

/// Text on its way to C, at an address that stays.
@safe final class Text: @unchecked Sendable {  // written once, before it is shared
  let bytes: UnsafeMutableBufferPointer<CChar>

  init(_ text: String) {
    unsafe bytes = .allocate(capacity: text.utf8.count + 1)
    _ = unsafe bytes.initialize(from: text.utf8.map { CChar(bitPattern: $0) } + [0])
  }

  deinit { unsafe bytes.deallocate() }

  /// A handle for C, or none where there are no handles left.
  var reported: zcg_text {
    let handle = Result { () throws(ZCError) in try Handles.texts.insert(self) }
    return if case .success(let bits) = handle { zcg_text(bits: bits) } else { zcg_text(bits: 0) }
  }

  /// A handle for C.
  static func handle(_ text: String) throws(ZCError) -> zcg_text {
    zcg_text(bits: try Handles.texts.insert(Text(text)))
  }
}

@c @implementation
public func zcg_abi_version() -> UInt32 {
  Handles.watchForks
  return ZCG_ABI_VERSION
}

@c @implementation
public func zcg_text_get(
  _ text: zcg_text, _ utf8: UnsafeMutablePointer<UnsafePointer<CChar>?>?,
  _ length: UnsafeMutablePointer<Int>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let utf8 = try unsafe utf8.required("utf8")
    let length = try unsafe length.required("length")
    let object: Text = try Handles.texts.object(text.bits)
    unsafe utf8.pointee = UnsafePointer(object.bytes.baseAddress)
    unsafe length.pointee = object.bytes.count - 1
  }
}

@c @implementation
public func zcg_text_destroy(
  _ text: UnsafeMutablePointer<zcg_text>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let text = try unsafe text.required("text")
    try unsafe Handles.texts.remove(&text.pointee.bits)
  }
}

@c @implementation
public func zcg_census_get(
  _ census: UnsafeMutablePointer<zcg_census>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let census = try unsafe census.required("census")
    var count = zcg_census()
    count.texts = Handles.texts.count
    count.contexts = Handles.contexts.count
    count.scenes = Handles.scenes.count
    count.frames = Handles.frames.count
    count.mappings = Handles.mappings.count
    count.references = Handles.references.count
    count.leases = Handles.leases.count
    count.pools = Handles.pools.count
    count.audios = Handles.audios.count
    count.renderers = Handles.renderers.count
    count.decoders = Handles.decoders.count
    count.pipelines = Handles.pipelines.count
    count.videos = Handles.videos.count
    count.video_frames = Handles.videoFrames.count
    count.planes = Handles.planes.count
    count.dmabufs = Handles.dmabufs.count
    unsafe census.pointee = count
  }
}
