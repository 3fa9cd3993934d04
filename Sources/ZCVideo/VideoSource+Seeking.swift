import ZCCore

extension VideoSource {
  /// What became of going for a frame.
  private enum Arrival {
    case frame(VideoFrame)
    /// Decoding is beyond it, and it did not come; the failures on the way say why.
    case missed(ZCError?)
  }

  /// The frame of that number, which the index has; nil where decoding does not give it, and no
  /// failure says why.
  /// - Throws: `media` for one that cannot be decoded.
  func reach(_ number: Int, _ index: FrameIndex) throws(ZCError) -> VideoFrame? {
    let time = index.time(number)
    var key = index.isTimed ? index.key(atOrBefore: time) : nil
    if let next, next <= number, isNearest(next, key, index) {
      switch try advance(to: number, index, isSure: true) {
      case .frame(let frame): return frame
      case .missed(nil): return nil
      case .missed(let failure?): throw failure
      }
    }
    var failure: ZCError?
    // A key frame may not be one: what is before it helps then, and the beginning always.
    for attempt in 0..<3 {
      if attempt == 2 { key = nil }
      try go(toKey: key, index)
      switch try advance(to: number, index, isSure: next != nil) {
      case .frame(let frame): return frame
      case .missed(let reason): failure = reason
      }
      guard let missed = key, failure == nil || attempt == 0 else { break }
      key = index.key(atOrBefore: missed - 1)
    }
    if let failure { throw failure }
    return nil
  }

  /// Whether decoding on is no longer than from the key.
  private func isNearest(_ next: Int, _ key: Int64?, _ index: FrameIndex) -> Bool {
    guard let key else { return true }
    return next < index.count && index.time(next) >= key
  }

  /// Decodes on to a frame. `isSure`: what comes first has the number `next`.
  private func advance(to number: Int, _ index: FrameIndex, isSure: Bool) throws(ZCError) -> Arrival
  {
    var isSure = isSure
    while true {
      switch try pull() {
      case .failure: break
      case .exhausted(let error): failure = error
      case .end:
        next = index.count
        return missed(number..<index.count, failure, index)
      case .picture(let picture):
        guard let current = self.number(of: picture, index) else {
          // Before the first one that is listed there may be some that lead to it.
          if isSure { return .missed(nil) }
          continue
        }
        isSure = true
        if current < number {
          next = current + 1
          statistics.dropped += 1
          if let interruption = patience.interruption(deadline) { throw interruption }
        } else if current == number {
          next = current + 1
          if let reason = refusal(of: picture, place(number, seconds(number, index))) {
            return .missed(reason)
          }
          return .frame(try frame(picture, number, shownAt: index.time(number)))
        } else {
          next = current
          ahead = consume picture
          return missed(number..<current, failure, index)
        }
      }
    }
  }

  private func number(of picture: borrowing DecodedPicture, _ index: FrameIndex) -> Int? {
    index.isTimed ? picture.time.flatMap { index.number(of: $0) } : next
  }

  /// Frames that did not come. With a failure they are known to be damaged.
  private func missed(_ numbers: Range<Int>, _ failure: ZCError?, _ index: FrameIndex) -> Arrival {
    guard let failure else { return .missed(nil) }
    let error = failure.at(place(numbers.lowerBound, seconds(numbers.lowerBound, index)))
    damage = (numbers, error)
    return .missed(error)
  }

  private func seconds(_ number: Int, _ index: FrameIndex) -> Double {
    stream.timeBase.times(index.time(number) - index.time(0))
  }

  /// The next packet to be decoded is that key, or one before it; the first of the file for nil.
  private func go(toKey key: Int64?, _ index: FrameIndex) throws(ZCError) {
    ahead = nil
    next = nil
    failure = nil
    statistics.seeks += 1
    if let key {
      for time in seeksLate ? [key - index.longestDelay] : [key, key - index.longestDelay] {
        guard let landing = try reader.seek(to: time) else { continue }
        if landing.time ?? key <= key { return }
        seeksLate = true
      }
    }
    statistics.rewinds += 1
    try reader.rewind()
    next = 0
  }
}
