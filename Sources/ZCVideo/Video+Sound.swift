import CAV
package import ZCCore

extension Video {
  /// The sound of its file, from when its first frame is shown. The stream is the one that FFmpeg
  /// thinks best; decoding that waits for nobody who decodes frames.
  /// - Throws: as ``SoundTrack``; `media`, too, for sound that is over by then.
  package func sound(mostSamples: Int) throws(ZCError) -> SoundTrack {
    let begins = try beginning()
    return try SoundTrack(again(), stream: nil, begins: begins, mostSamples: mostSamples)
  }

  /// When the first frame is shown, in seconds of the file's clock; nil where no clock says it.
  private func beginning() throws(ZCError) -> Double? {
    var frames = try FrameReader(
      again(), stream: stream.index, threads: 1, backend: road.backend.onCPU)
    if case .picture(let picture) = try frames.next() {
      // Times that FFmpeg makes up are off by what the decoder keeps back.
      return frames.lacksTimes ? nil : stream.seconds(picture.facts.pts)
    }
    // What cannot be decoded is a frame nevertheless.
    return try firstTime().flatMap(stream.seconds)
  }
}

extension StreamDescription {
  /// A time in seconds of the file's clock; nil for one that is none.
  func seconds(_ time: Int64) -> Double? {
    timeBase.isKnown && PresentationTimes.credible.contains(time) ? timeBase.times(time) : nil
  }
}
