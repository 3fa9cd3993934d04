public import CZCGPU
import ZCAudio
import ZCCore
import ZCRender

@c @implementation
public func zcg_audio_create(
  _ samples: UnsafePointer<zcg_samples>?, _ audio: UnsafeMutablePointer<zcg_audio>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let samples = try unsafe samples.required("samples")
    let audio = try unsafe audio.required("audio")
    let made = try Audio(unsafe SampleSource(samples.pointee))
    unsafe audio.pointee.bits = try Handles.audios.insert(made)
  }
}

@c @implementation
public func zcg_audio_destroy(
  _ audio: UnsafeMutablePointer<zcg_audio>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let audio = try unsafe audio.required("audio")
    try unsafe Handles.audios.remove(&audio.pointee.bits)
  }
}

@c @implementation
public func zcg_audio_get_layout(
  _ audio: zcg_audio, _ layout: UnsafeMutablePointer<zcg_audio_layout>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let layout = try unsafe layout.required("layout")
    let object: Audio = try Handles.audios.object(audio.bits)
    unsafe layout.pointee = zcg_audio_layout(
      rate: object.rate, channels: Int64(object.channelCount), count: Int64(object.count))
  }
}

@c @implementation
public func zcg_scene_is_audio_input(
  _ scene: zcg_scene, _ input: UInt32, _ audio: UnsafeMutablePointer<Int32>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let audio = try unsafe audio.required("audio")
    let object: Scene = try Handles.scenes.object(scene.bits)
    unsafe audio.pointee = try object.edition.input(Int(input)).takesAudio ? 1 : 0
  }
}

extension SampleSource {
  fileprivate init(_ block: zcg_samples) throws(ZCError) {
    try unsafe checkSize(block.struct_size, of: zcg_samples.self)
    guard let format = unsafe Format(rawValue: block.format.rawValue) else {
      throw unsafe .invalidArgument("there is no format of samples \(block.format.rawValue)")
    }
    guard let data = unsafe block.data else { throw .badBuffer("the sound has no memory") }
    unsafe try self.init(
      data, available: Int(clamping: block.length), format: format, rate: block.rate,
      channels: block.channels, count: block.count, channelStride: block.channel_stride,
      sampleStride: block.sample_stride)
  }
}
