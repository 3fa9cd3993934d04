package import ZCCore
package import ZCPipeline

/// How packets that a program feeds by hand are decoded.
package struct PacketDecoderOptions: Sendable {
  /// FFmpeg's name: "h264".
  package let codec: String
  package let extradata: [UInt8]
  /// Seconds a tick of pts and dts.
  package let timeBase: Ratio
  package var threads: Int32 = 0
  /// Who decodes.
  private(set) var backend = DecodingBackend(because: nil)
  package var settings = PipelineSettings()
  /// What happens when more packets wait than may.
  package var overflow = DecodeQueue<QueuedPacket, DecodeOutcome>.Overflow.refuse

  /// - Throws: `invalidArgument`.
  package init(codec: String, extradata: [UInt8], timeBase: Ratio) throws(ZCError) {
    guard !codec.isEmpty, codec.utf8.count < 64, !codec.utf8.contains(0) else {
      throw .invalidArgument("codec is FFmpeg's name of one: 'h264', 'hevc', 'vp9', 'av1'…")
    }
    guard timeBase.isKnown else {
      throw .invalidArgument("a time base is two numbers above 0: (1, 90000)")
    }
    self.codec = codec
    self.extradata = extradata
    self.timeBase = timeBase
  }

  /// Chooses who decodes as for a video; threads are this one's own.
  /// - Throws: `media` for a device that must be and is not there.
  package mutating func choose(_ options: VideoOptions) throws(ZCError) {
    backend = try options.decoding()
  }
}
