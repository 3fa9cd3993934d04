public import CZCGPU
import ZCCore
import ZCPipeline
import ZCVideo

@c @implementation
public func zcg_decoder_create(
  _ options: UnsafePointer<zcg_decoder_options>?, _ decoder: UnsafeMutablePointer<zcg_decoder>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let options = try unsafe options.required("options")
    let decoder = try unsafe decoder.required("decoder")
    let made = try PacketDecoder(unsafe PacketDecoderOptions(options.pointee))
    unsafe decoder.pointee.bits = try Handles.decoders.insert(made)
  }
}

@c @implementation
public func zcg_decoder_close(_ decoder: zcg_decoder, _ err: UnsafeMutablePointer<zcg_error>?)
  -> zcg_status
{
  unsafe boundary(err) { () throws(ZCError) in
    let object: PacketDecoder = try Handles.decoders.object(decoder.bits)
    object.close()
  }
}

@c @implementation
public func zcg_decoder_destroy(
  _ decoder: UnsafeMutablePointer<zcg_decoder>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let decoder = try unsafe decoder.required("decoder")
    try unsafe Handles.decoders.remove(&decoder.pointee.bits)
  }
}

@c @implementation
public func zcg_decoder_send(
  _ decoder: zcg_decoder, _ packet: UnsafePointer<zcg_packet>?,
  _ taken: UnsafeMutablePointer<Int32>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let block = unsafe try packet.required("packet").pointee
    let taken = try unsafe taken.required("taken")
    let object: PacketDecoder = try Handles.decoders.object(decoder.bits)
    try unsafe checkSize(block.struct_size, of: zcg_packet.self)
    guard let data = unsafe block.data, unsafe block.length > 0 else {
      throw .badBuffer("a packet has bytes")
    }
    guard let length = unsafe Int(exactly: block.length) else {
      throw .badBuffer("the packet's length is beyond the address space")
    }
    let unknown = Int64.min
    let isTaken = unsafe try object.send(
      UnsafeRawBufferPointer(start: data, count: length),
      pts: block.pts == unknown ? nil : block.pts, dts: block.dts == unknown ? nil : block.dts,
      isKey: block.is_key < 0 ? nil : block.is_key != 0)
    unsafe taken.pointee = isTaken ? 1 : 0
  }
}

@c @implementation
public func zcg_decoder_finish(_ decoder: zcg_decoder, _ err: UnsafeMutablePointer<zcg_error>?)
  -> zcg_status
{
  unsafe boundary(err) { () throws(ZCError) in
    let object: PacketDecoder = try Handles.decoders.object(decoder.bits)
    try object.finish()
  }
}

@c @implementation
public func zcg_decoder_flush(_ decoder: zcg_decoder, _ err: UnsafeMutablePointer<zcg_error>?)
  -> zcg_status
{
  unsafe boundary(err) { () throws(ZCError) in
    let object: PacketDecoder = try Handles.decoders.object(decoder.bits)
    try object.flush()
  }
}

@c @implementation
public func zcg_decoder_receive(
  _ decoder: zcg_decoder, _ frame: UnsafeMutablePointer<zcg_video_frame>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let frame = try unsafe frame.required("frame")
    let object: PacketDecoder = try Handles.decoders.object(decoder.bits)
    let received = try object.receive()
    unsafe frame.pointee.bits =
      try received.map { (received) throws(ZCError) in
        try Handles.videoFrames.insert(received)
      } ?? 0
  }
}

@c @implementation
public func zcg_decoder_get_descriptor(
  _ decoder: zcg_decoder, _ descriptor: UnsafeMutablePointer<Int32>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let descriptor = try unsafe descriptor.required("descriptor")
    let object: PacketDecoder = try Handles.decoders.object(decoder.bits)
    unsafe descriptor.pointee = try object.descriptor
  }
}

@c @implementation
public func zcg_decoder_wants_keyframe(
  _ decoder: zcg_decoder, _ now: Double, _ wants: UnsafeMutablePointer<Int32>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let wants = try unsafe wants.required("wants")
    let object: PacketDecoder = try Handles.decoders.object(decoder.bits)
    unsafe wants.pointee = try object.asks(at: now) ? 1 : 0
  }
}

@c @implementation
public func zcg_decoder_has_ended(
  _ decoder: zcg_decoder, _ ended: UnsafeMutablePointer<Int32>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let ended = try unsafe ended.required("ended")
    let object: PacketDecoder = try Handles.decoders.object(decoder.bits)
    unsafe ended.pointee = try object.hasEnded ? 1 : 0
  }
}

@c @implementation
public func zcg_decoder_report(
  _ decoder: zcg_decoder, _ json: UnsafeMutablePointer<zcg_text>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let json = try unsafe json.required("json")
    let object: PacketDecoder = try Handles.decoders.object(decoder.bits)
    unsafe json.pointee = try Text.handle(try object.report.text)
  }
}

extension PacketDecoderOptions {
  fileprivate init(_ block: zcg_decoder_options) throws(ZCError) {
    try unsafe checkSize(block.struct_size, of: zcg_decoder_options.self)
    let codec = unsafe String(decoding: bytes(block.codec, block.codec_length), as: UTF8.self)
    var extradata: [UInt8] = []
    if let data = unsafe block.extradata, let count = unsafe Int(exactly: block.extradata_length) {
      guard count <= Self.mostExtradata else {
        throw .badBuffer("extradata of \(count) bytes; \(Self.mostExtradata) are the most")
      }
      unsafe extradata = [UInt8](UnsafeRawBufferPointer(start: data, count: count))
    }
    let isBaseGiven = unsafe block.time_base_numerator != 0 || block.time_base_denominator != 0
    try self.init(
      codec: codec, extradata: extradata,
      timeBase: isBaseGiven
        ? unsafe Ratio(
          numerator: block.time_base_numerator, denominator: block.time_base_denominator)
        : Ratio(numerator: 1, denominator: 1_000_000))
    guard (0...64).contains(unsafe block.threads) else {
      throw .invalidArgument(
        "threads are 1 to 64, or 0 for as many as fit, not \(unsafe block.threads)")
    }
    threads = unsafe block.threads
    overflow = unsafe block.drops_backlog == 0 ? .refuse : .gate
    settings = .wanted
    try unsafe settings.choose("backlog", Double(block.backlog))
    try unsafe settings.choose("ahead", Double(block.ahead))
    try unsafe settings.choose("patience", block.patience)
    let device = unsafe String(decoding: bytes(block.device, block.device_length), as: UTF8.self)
    let budget = unsafe block.lease_budget
    try unsafe choose(
      VideoOptions(
        backend: VideoOptions.Backend(block.backend), device: device.isEmpty ? nil : device,
        leaseBudget: budget == 0 ? 8 : Int(budget),
        contextDevice: VideoOptions.ContextDevice(block.context, in: "the decoder")))
  }

  private static let mostExtradata = 1 << 24
}

extension PipelineSettings {
  /// What the environment asks for, else the defaults.
  static var wanted: PipelineSettings { environment.settings }

  private static let environment: (settings: PipelineSettings, unknown: [String]) = {
    let read = parse(Settings.environment.pipeline ?? "")
    for word in read.unknown {
      Log.warn("ZCGPU_PIPELINE cannot be '\(word)'; there are \(words), each with a number")
    }
    return read
  }()

  /// Sets what a caller asks for; 0 asks for nothing.
  mutating func choose(_ name: String, _ number: Double) throws(ZCError) {
    guard number == 0 || set(name, to: number) else {
      throw .invalidArgument("\(name) cannot be \(number)")
    }
  }
}
