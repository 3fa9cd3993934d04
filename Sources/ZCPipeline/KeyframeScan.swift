/// Whether decoding can begin with a packet, from its own bits.
package struct KeyframeScan: Hashable, Sendable {
  /// How much of a packet is looked at, in bytes: the first picture of it begins there.
  package static let reach = 1 << 16

  private enum Syntax: Hashable {
    case h264, hevc, vp8, vp9, av1, mpeg2, mpeg4
    /// Each packet can be decoded by itself.
    case intra
    case unknown
  }

  private let syntax: Syntax
  /// Bytes of the length before each unit; nil where start codes part them (Annex B).
  private let lengthSize: Int?

  /// - Parameters:
  ///   - codec: FFmpeg's name.
  ///   - extradata: tells whether lengths or start codes part the units of H.264 and HEVC.
  package init(codec: String, extradata: [UInt8] = []) {
    syntax = Self.syntaxes[codec] ?? (Self.intra.contains(codec) ? .intra : .unknown)
    // avcC (ISO/IEC 14496-15, 5.3.3.1) and hvcC (8.3.3.1) begin with a version of 1.
    switch (syntax, extradata.first) {
    case (.h264, 1) where extradata.count >= 7: lengthSize = Int(extradata[4] & 3) + 1
    case (.hevc, 1) where extradata.count >= 23: lengthSize = Int(extradata[21] & 3) + 1
    default: lengthSize = nil
    }
  }

  /// The length of what stands before each unit, for people; nil for start codes.
  package var unitLengthSize: Int? { lengthSize }

  /// nil where the bits do not tell.
  package func isKey(_ bytes: [UInt8]) -> Bool? {
    switch syntax {
    case .h264: firstUnit(bytes) { Self.h264($0) }
    case .hevc: firstUnit(bytes) { Self.hevc($0) }
    case .vp8: bytes.first.map { $0 & 1 == 0 }
    case .vp9: Self.vp9(bytes)
    case .av1: Self.av1(bytes)
    case .mpeg2: Self.mpeg2(bytes)
    case .mpeg4: Self.mpeg4(bytes)
    case .intra: true
    case .unknown: nil
    }
  }

  private static let syntaxes: [String: Syntax] = [
    "h264": .h264, "hevc": .hevc, "vp8": .vp8, "vp9": .vp9, "av1": .av1, "mpeg1video": .mpeg2,
    "mpeg2video": .mpeg2, "mpeg4": .mpeg4,
  ]
  private static let intra: Set<String> = [
    "mjpeg", "png", "prores", "dnxhd", "jpeg2000", "rawvideo", "v210", "v410", "huffyuv",
    "ffvhuff", "utvideo", "bmp", "tiff", "webp", "qoi", "targa",
  ]

  /// Asks about one unit after the other, until one tells.
  private func firstUnit(_ bytes: [UInt8], _ tell: (UInt8) -> Bool?) -> Bool? {
    var place = 0
    while let start = unit(in: bytes, from: &place) {
      if let told = tell(bytes[start]) { return told }
    }
    return nil
  }

  /// Where the next unit begins, which has a byte at least; `place` goes on behind it, or into it.
  private func unit(in bytes: [UInt8], from place: inout Int) -> Int? {
    guard let lengthSize else { return Self.startCode(in: bytes, from: &place) }
    while bytes.count - place > lengthSize {
      let length = bytes[place..<place + lengthSize].reduce(0) { $0 << 8 | Int($1) }
      let start = place + lengthSize
      place = start + min(length, bytes.count - start)
      if length > 0 { return start }
    }
    return nil
  }

  /// Where the byte after the next 00 00 01 is.
  private static func startCode(in bytes: [UInt8], from place: inout Int) -> Int? {
    var index = place
    while index + 3 < bytes.count {
      if bytes[index + 2] > 1 {
        index += 3
      } else if bytes[index] == 0, bytes[index + 1] == 0, bytes[index + 2] == 1 {
        place = index + 3
        return place
      } else {
        index += 1
      }
    }
    place = bytes.count
    return nil
  }

  /// ITU-T H.264, table 7-1: 1 to 5 are slices, 5 those of an IDR picture.
  private static func h264(_ header: UInt8) -> Bool? {
    switch header & 0x1F {
    case 5: true
    case 1...4: false
    default: nil
    }
  }

  /// ITU-T H.265, table 7-1: 0 to 31 are slices, 16 to 23 those where decoding may begin.
  private static func hevc(_ header: UInt8) -> Bool? {
    switch header >> 1 & 0x3F {
    case 16...23: true
    case 0...31: false
    default: nil
    }
  }

  /// VP9 bitstream specification, 6.2: frame_marker, profile, show_existing_frame, frame_type.
  private static func vp9(_ bytes: [UInt8]) -> Bool? {
    guard let first = bytes.first, first >> 6 == 2 else { return nil }
    let isProfile3 = first >> 4 & 3 == 3
    let flags = isProfile3 ? first << 5 : first << 4
    return flags & 0xC0 == 0
  }

  /// AV1 bitstream specification, 5.3 to 5.9: the first frame header tells.
  private static func av1(_ bytes: [UInt8]) -> Bool? {
    var place = 0
    var isStill = false
    while place < bytes.count {
      let header = bytes[place]
      place += header & 4 != 0 ? 2 : 1
      var size = bytes.count - place
      if header & 2 != 0 {
        guard let read = leb128(bytes, &place) else { return nil }
        size = read
      }
      guard size > 0, place < bytes.count else {
        if size == 0 { continue }
        return nil
      }
      let first = bytes[place]
      switch header >> 3 & 15 {
      case 1: isStill = first & 8 != 0  // reduced_still_picture_header
      case 3, 6: return isStill || first & 0xE0 == 0
      default: break
      }
      place += min(size, bytes.count - place)
    }
    return nil
  }

  /// AV1 bitstream specification, 4.10.5: seven bits a byte, the low ones first.
  private static func leb128(_ bytes: [UInt8], _ place: inout Int) -> Int? {
    var value = 0
    for shift in stride(from: 0, to: 35, by: 7) {
      guard place < bytes.count else { return nil }
      let byte = bytes[place]
      place += 1
      value |= Int(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return value }
    }
    return nil
  }

  /// ITU-T H.262, 6.2.3: a picture header has ten bits of temporal_reference, then the type.
  private static func mpeg2(_ bytes: [UInt8]) -> Bool? {
    var place = 0
    while let start = startCode(in: bytes, from: &place) {
      guard bytes[start] == 0 else { continue }
      guard start + 2 < bytes.count else { return nil }
      return bytes[start + 2] >> 3 & 7 == 1
    }
    return nil
  }

  /// ISO/IEC 14496-2, 6.2.5: vop_coding_type comes first.
  private static func mpeg4(_ bytes: [UInt8]) -> Bool? {
    var place = 0
    while let start = startCode(in: bytes, from: &place) {
      guard bytes[start] == 0xB6 else { continue }
      guard start + 1 < bytes.count else { return nil }
      return bytes[start + 1] >> 6 == 0
    }
    return nil
  }
}
