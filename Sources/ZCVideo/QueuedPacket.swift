/// A packet that waits to be decoded.
package final class QueuedPacket: Sendable {
  let packet: Packet
  /// When it came, in seconds of the monotonic clock.
  let arrival = MonotonicClock.now

  init(_ packet: consuming Packet) { self.packet = packet }
}
