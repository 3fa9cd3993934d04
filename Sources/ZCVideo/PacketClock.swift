/// When frames are shown, of packets that may come without times.
struct PacketClock: Sendable {
  private var last: Double?
  /// A frame of 25 a second, until there were two with times.
  private var step = 0.04

  mutating func seconds(_ told: Double?) -> Double {
    let seconds = told ?? last.map { $0 + step } ?? 0
    if told != nil, let last, seconds > last { step = min(seconds - last, 1) }
    last = seconds
    return seconds
  }
}
