/// What FFmpeg's decoder of a codec does with damage, by FFmpeg's name of the codec.
struct CodecTraits {
  /// Decoded strictly with several threads: it hands pictures out before they are marked. Others in
  /// FFmpeg 5 abort the process for that.
  let isStrict: Bool
  /// Every packet is a picture, in this order, and with several threads libdav1d may pass over those
  /// that are damaged.
  let isComplete: Bool
  /// Every packet of a file is a picture, and one that it makes nothing of is passed over in silence.
  let isSilent: Bool
  /// What it remembers of damage may spoil whole key frames. A decoder that begins at one leaves out the
  /// leading pictures of an open group.
  let remembersDamage: Bool
  /// It marks too late with several threads.
  let needsOneThread: Bool
  /// Keeping its packets costs more than decoding them, and no picture needs another.
  let isUncompressed: Bool

  init(_ codec: String) {
    isStrict = codec == "h264"
    isComplete = codec == "av1"
    isSilent = ["mpeg1video", "mpeg2video"].contains(codec)
    remembersDamage = codec == "h264"
    needsOneThread = ["mpeg4", "rv30", "rv40"].contains(codec)
    isUncompressed = ["rawvideo", "v210", "v410", "r210", "wrapped_avframe"].contains(codec)
  }
}
