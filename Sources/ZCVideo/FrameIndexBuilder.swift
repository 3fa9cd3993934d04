/// What becomes an index, a packet or a frame at a time.
package struct FrameIndexBuilder {
  private let kind: FrameIndex.Kind
  /// How far apart frames without times are taken to be, 1 or more.
  private let step: Int64
  private var entries: [Int64] = []
  private var hiddenKeys: [Int64] = []
  private var longestDelay: Int64 = 0
  private var lacksTimes = false
  private var isRising = true
  private var times: PresentationTimes
  private var last: (time: Int64, duration: Int64)?

  package init(_ kind: FrameIndex.Kind, step: Int64) {
    self.kind = kind
    self.step = min(max(1, step), 1 << 40)
    times = PresentationTimes(step: step)
  }

  /// A packet, in the order of decoding. A hidden one is decoded and not shown.
  package mutating func add(
    packet time: Int64?, decodedAt: Int64?, duration: Int64, isKey: Bool, isHidden: Bool
  ) {
    guard let time, PresentationTimes.credible.contains(time) else {
      // What is not shown needs no time.
      lacksTimes = lacksTimes || !isHidden
      return
    }
    if let decodedAt, PresentationTimes.credible.contains(decodedAt) {
      longestDelay = max(longestDelay, time - decodedAt)
    }
    if isHidden {
      if isKey { hiddenKeys.append(time) }
    } else {
      append(time, duration, isKey)
    }
  }

  /// A decoded frame, in the order in which frames come.
  package mutating func add(frame time: Int64?, duration: Int64, isKey: Bool) {
    let before = times.last
    let shown = times.add(time)
    if time == nil { lacksTimes = true }
    if let before, shown <= before || shown != time { isRising = false }
    append(shown, duration, isKey)
  }

  private mutating func append(_ time: Int64, _ duration: Int64, _ isKey: Bool) {
    entries.append(time << 1 | (isKey ? 1 : 0))
    if time >= last?.time ?? time {
      last = (time, min(max(0, duration), PresentationTimes.credible.upperBound))
    }
  }

  /// The index; nil where packets do not tell which frames there are. `isTimed`: of decoded frames,
  /// whether the file has a time for each.
  package consuming func finished(isTimed: Bool = true) -> FrameIndex? {
    let duration = last.map { $0.duration > 0 ? $0.duration : step } ?? 0
    switch kind {
    case .decoded:
      return FrameIndex(
        kind, entries, hiddenKeys: [], longestDelay: 0,
        isTimed: isTimed && isRising && !lacksTimes, lastDuration: duration)
    case .packets:
      guard !lacksTimes else { return nil }
      entries.sort()
      hiddenKeys.sort()
      guard zip(entries, entries.dropFirst()).allSatisfy({ $0 >> 1 < $1 >> 1 }) else { return nil }
      return FrameIndex(
        kind, entries, hiddenKeys: hiddenKeys, longestDelay: longestDelay, isTimed: true,
        lastDuration: duration)
    }
  }
}
