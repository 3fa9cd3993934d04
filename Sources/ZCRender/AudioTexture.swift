import ZCAudio
import ZCContext
import ZCCore
import ZCGL
import ZCISF

/// What an audio input shows: a texture with a row for each channel, the first at the bottom.
///
/// Only touched in its context's turn.
final class AudioTexture {
  private let analyser: Analyser
  private var texture: Texture?
  private var shown: Moment?

  /// What the texture shows: a sound, and how much of it has been heard.
  private struct Moment: Hashable {
    /// 0 for none.
    let audio: UInt64
    let heard: Int
  }

  /// nil for an input that is no audio. `limit` is the longest side of a texture.
  init?(_ input: InputDescription, limit: Int32) {
    switch input.kind {
    case .audio(let columns): analyser = Analyser(.waveform, columns: columns.max, limit: limit)
    case .audioFFT(let columns):
      analyser = Analyser(.spectrum, columns: columns.max, limit: limit)
    default: return nil
    }
  }

  /// GL's name; nil before anything is shown.
  var name: UInt32? { texture?.record.name }

  /// Shows the sound that has been heard at a time in seconds; nil is silence.
  func show(
    _ audio: Audio?, at time: Double, in context: GPUContext, _ current: borrowing Current
  ) throws(ZCError) {
    let moment = Moment(
      audio: audio?.serial ?? 0, heard: audio.map { analyser.heard(of: $0, at: time) } ?? 0)
    guard shown != moment else { return }
    shown = nil
    let extent = try Extent(
      width: Int64(analyser.columns), height: Int64(audio?.channelCount ?? 1),
      limit: context.maxTextureSize, of: "a sound's texture")
    if texture?.record.extent != extent {
      texture = nil
      texture = try context.makeTexture(extent, Self.format(current), for: .audio, current)
    }
    guard let record = texture?.record else { return }
    let values = audio.map { analyser.values(of: $0, heard: moment.heard) } ?? analyser.silence
    current.record(.upload, record)
    unsafe record.format.pixels(of: values).withUnsafeBytes { pixels in
      unsafe current.gl.uploadTexture(record.name, extent, record.format, pixels)
    }
    try current.check("uploading a sound")
    shown = moment
  }

  /// "By default, hosts should try to provide this data at a reasonably high precision", says ISF,
  /// "but if this isn't possible then lower precision is fine".
  private static func format(_ current: borrowing Current) -> PixelFormat {
    current.gl.capabilities.hasFloatTargets ? .rgba32Float : .rgba8
  }
}

extension PixelFormat {
  /// Opaque grays.
  fileprivate func pixels(of values: [Float]) -> [UInt8] {
    if self == .rgba32Float {
      unsafe values.flatMap { [Float]([$0, $0, $0, 1]) }.withUnsafeBytes { unsafe [UInt8]($0) }
    } else {
      values.flatMap { value -> [UInt8] in
        let gray = UInt8((Swift.min(Swift.max(value, 0), 1) * 255).rounded())
        return [gray, gray, gray, 255]
      }
    }
  }
}
