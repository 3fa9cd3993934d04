import ZCCore

/// What a ``StreamDecoder`` decodes with.
protocol DamageTelling: AnyObject {
  /// Hands a packet over.
  /// - Throws: what is no fault of the file; the packet was not taken then.
  func send(_ packet: borrowing Packet) throws(ZCError) -> StreamDecoder.Sent
  /// After the last packet.
  func end() throws(ZCError) -> StreamDecoder.Sent
  func receive() throws(ZCError) -> StreamDecoder.Received
  /// Forgets everything, as after a seek.
  func flush()
}
