public import CZCGPU
import ZCAudio
import ZCCore
import ZCRender
import ZCVideo

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
public func zcg_audio_open(
  _ path: UnsafePointer<CChar>?, _ length: Int, _ stream: Int32,
  _ audio: UnsafeMutablePointer<zcg_audio>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let result = try unsafe audio.required("audio")
    let path = try MediaPath(Array(unsafe bytes(path, length)))
    let track = try SoundTrack(
      path, stream: stream < 0 ? nil : Int(stream), mostSamples: SampleSource.mostSamples)
    unsafe result.pointee.bits = try Handles.audios.insert(sound(of: track, in: path))
  }
}

@c @implementation
public func zcg_video_open_sound(
  _ video: zcg_video, _ audio: UnsafeMutablePointer<zcg_audio>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let audio = try unsafe audio.required("audio")
    let object: Video = try Handles.videos.object(video.bits)
    let track = try object.sound(mostSamples: SampleSource.mostSamples)
    unsafe audio.pointee.bits = try Handles.audios.insert(sound(of: track, in: object.path))
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

/// - Throws: `media` for a rate, a number of channels or samples that no sound has.
private func sound(of track: SoundTrack, in path: MediaPath) throws(ZCError) -> Audio {
  let size = track.format.byteCount
  return try unsafe track.withBytes { (bytes) throws(ZCError) -> Audio in
    guard let start = bytes.baseAddress else {
      throw .media("\(path.name): the sound has no samples")
    }
    do throws(ZCError) {
      return try unsafe Audio(
        SampleSource(
          start, available: bytes.count, format: track.format.samples, rate: Double(track.rate),
          channels: Int64(track.channels), count: Int64(bytes.count / (size * track.channels)),
          channelStride: Int64(size), sampleStride: Int64(size * track.channels)))
    } catch .invalidArgument(let reason), .badBuffer(let reason) {
      throw .media("\(path.name): \(reason)")
    }
  }
}

extension SoundTrack.Format {
  fileprivate var samples: SampleSource.Format {
    switch self {
    case .u8: .uint8
    case .s16: .int16
    case .s32: .int32
    case .flt: .float32
    case .dbl: .float64
    }
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
