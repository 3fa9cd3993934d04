import CAV
import ZCCore

extension VideoSource {
  /// The index, which is made when it is first needed and kept.
  func knownIndex() throws(ZCError) -> FrameIndex {
    if decodingPass != nil { return try indexByDecoding() }
    if let index { return index }
    if let index = try indexOfPackets(), try agrees(index) {
      self.index = index
      first = index.first
      return index
    }
    return try indexByDecoding()
  }

  /// Reads every packet, in a reader of its own.
  private func indexOfPackets() throws(ZCError) -> FrameIndex? {
    guard stream.packetsAreFrames else { return nil }
    var pass = try packetPassToGoOnWith()
    while !pass.isOver {
      try pass.advance()
      guard let interruption = patience.interruption(deadline) else { continue }
      packetPass = consume pass
      throw interruption
    }
    ending = pass.breakage ?? (isCut(pass.count) ? cut(nil) : nil)
    return pass.index
  }

  /// Whether what has been decoded is what the packets say: the first frame, the last one that was
  /// counted, and how many there are if that is known.
  private func agrees(_ index: FrameIndex) throws(ZCError) -> Bool {
    if let counted, counted != index.count { return false }
    guard let next else { return first == nil || first == index.first }
    guard next == 0 else {
      return next <= index.count && first == index.first && times.last == index.time(next - 1)
    }
    guard case .picture(let picture) = try pull() else {
      // Which frame comes now is not known: it will be gone for.
      self.next = nil
      return true
    }
    let time = picture.time
    ahead = consume picture
    return time == index.first
  }

  /// Decodes everything once, with a decoder of its own.
  @discardableResult func indexByDecoding() throws(ZCError) -> FrameIndex {
    var pass = try decodingPassToGoOnWith()
    while !pass.isOver {
      try pass.advance()
      guard let interruption = patience.interruption(deadline) else { continue }
      decodingPass = consume pass
      throw interruption
    }
    guard let index = pass.index(isTimed: stream.hasTimes) else {
      throw .media("\(path.name): no index can be made")
    }
    let breakage = pass.frames.breakage
    ending = breakage != nil || isCut(pass.frames.packetCount) ? cut(breakage) : nil
    if index.count == 0, let failure = pass.failure { ending = nothing(failure) }
    // What the decoder gives next may have another number now.
    reader = try FrameReader(
      reader.mediaAgain(), stream: stream.index, threads: threads,
      backend: reader.backend)
    road.changePool()
    next = 0
    ahead = nil
    failure = nil
    damage = nil
    self.index = index
    first = index.first
    return index
  }

  /// Why the whole file has no frame that could be shown.
  private func nothing(_ failure: ZCError) -> ZCError {
    let decoder = library.found.prefix { $0 != ":" }
    let advice = stream.codec == "webp" ? "; convert an animated WebP to APNG or MP4" : ""
    return failure.at("\(decoder) decodes none of its frames\(advice)")
  }

  private func packetPassToGoOnWith() throws(ZCError) -> PacketPass {
    if let begun = packetPass.take() { return begun }
    return try PacketPass(reader.mediaAgain(), stream: stream.index, step: step)
  }

  private func decodingPassToGoOnWith() throws(ZCError) -> DecodingPass {
    if let begun = decodingPass.take() { return begun }
    let frames = try FrameReader(
      reader.mediaAgain(), stream: stream.index, threads: threads, backend: road.backend.onCPU)
    return DecodingPass(frames, step: step)
  }

  /// The number of the frame that is shown at a time, in seconds since the first.
  func number(at seconds: Double) throws(ZCError) -> Int {
    let index = try knownIndex()
    guard let first = index.first, let end = index.end else {
      throw ending ?? .outOfRange("\(path.name) has no frame that can be decoded")
    }
    guard let number = index.last(where: { stream.timeBase.times($0 - first) <= seconds }) else {
      throw .outOfRange("a video's first frame is at 0 s; there is none at \(seconds) s")
    }
    // The container may count from elsewhere, or by the sound.
    let stated = stream.timeBase.times(stream.duration ?? 0)
    let duration = max(stream.timeBase.times(end - first), stated)
    guard number < index.count - 1 || seconds < duration else {
      throw .outOfRange("the video is \(duration) s long; there is no frame at \(seconds) s")
    }
    return number
  }
}
