import CAV
import ZCCore

extension VideoSource {
  /// The index, which is made when it is first needed and kept.
  func knownIndex() throws(ZCError) -> FrameIndex {
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
    var media = try reader.mediaAgain()
    var builder = FrameIndexBuilder(.packets, step: step)
    var count = 0
    reading: while true {
      switch try media.read(Int32(clamping: stream.index)) {
      case .packet(let packet):
        count += 1
        // Nothing in it: what was shown before is shown on.
        if packet.facts.size == 0 { continue }
        builder.add(
          packet: packet.time, decodedAt: packet.decodingTime, duration: packet.duration,
          isKey: packet.isKey, isHidden: packet.isHidden)
      case .end:
        ending = isCut(count) ? cut(nil) : nil
        break reading
      case .failure(let error):
        ending = error
        break reading
      }
    }
    return builder.finished()
  }

  /// Whether what has been decoded is what the packets say: the first frame, the last one that was
  /// counted, and how many there are if that is known.
  private func agrees(_ index: FrameIndex) throws(ZCError) -> Bool {
    if let counted, counted != index.count { return false }
    guard let next else { return first == nil || first == index.first }
    guard next == 0 else {
      return next <= index.count && first == index.first && last == index.time(next - 1)
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
    var frames = try FrameReader(
      reader.mediaAgain(), stream: stream.index, threads: threads,
      backend: road.backend.onCPU)
    var builder = FrameIndexBuilder(.decoded, step: step)
    decoding: while true {
      switch try frames.next() {
      case .picture(let picture):
        builder.add(
          frame: picture.time, duration: picture.duration, isKey: picture.isKey)
      case .failure: continue
      case .exhausted: continue
      case .end: break decoding
      }
    }
    guard let index = builder.finished(isTimed: stream.hasTimes && !frames.lacksTimes) else {
      throw .media("\(path.name): no index can be made")
    }
    ending = frames.breakage != nil || isCut(frames.packetCount) ? cut(frames.breakage) : nil
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

  /// The number of the frame that is shown at a time, in seconds since the first.
  func number(at seconds: Double) throws(ZCError) -> Int {
    let index = try knownIndex()
    guard let first = index.first, let end = index.end else {
      throw .outOfRange("\(path.name) has no frame that can be decoded")
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
