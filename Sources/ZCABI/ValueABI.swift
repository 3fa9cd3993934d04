public import CZCGPU
import ZCAudio
import ZCContext
import ZCCore
import ZCRender
import ZCVideo

@c @implementation
public func zcg_scene_set_value(
  _ scene: zcg_scene, _ value: UnsafePointer<zcg_value>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let value = try unsafe value.required("value")
    let object: Scene = try Handles.scenes.object(scene.bits)
    let offer = try unsafe Offer(value.pointee)
    try object.set(offer.index, to: offer.value, edition: offer.edition)
  }
}

@c @implementation
public func zcg_scene_set_values(
  _ scene: zcg_scene, _ values: UnsafePointer<zcg_value>?, _ count: UInt32,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let values = try unsafe values.required("values")
    let object: Scene = try Handles.scenes.object(scene.bits)
    var offers: [Offer] = []
    // The caller says that count values lie there.
    for index in 0..<Int(count) { offers.append(try Offer(unsafe values[index])) }
    try object.set(offers)
  }
}

@c @implementation
public func zcg_scene_get_value(
  _ scene: zcg_scene, _ input: UInt32, _ value: UnsafeMutablePointer<zcg_value>?,
  _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let value = try unsafe value.required("value")
    let object: Scene = try Handles.scenes.object(scene.bits)
    let held = try object.value(Int(input))
    var found = try zcg_value(held.value, input: input)
    found.edition = held.edition
    unsafe value.pointee = found
  }
}

extension Offer {
  init(_ value: zcg_value) throws(ZCError) {
    self.init(
      index: Int(value.input), value: try OfferedValue(value), edition: value.edition)
  }
}

extension OfferedValue {
  fileprivate init(_ value: zcg_value) throws(ZCError) {
    switch value.kind {
    case ZCG_KIND_NONE: self = .none
    case ZCG_KIND_BOOL: self = .bool(value.integer != 0)
    case ZCG_KIND_INTEGER: self = .integer(value.integer)
    case ZCG_KIND_REAL: self = .real(value.number.0)
    case ZCG_KIND_VECTOR:
      let number = value.number
      self = .vector(
        SIMD4(number.0, number.1, number.2, number.3), count: Int(value.count))
    case ZCG_KIND_FRAME:
      let frame: Frame = try Handles.frames.object(value.frame.bits)
      self = .frame(frame)
    case ZCG_KIND_AUDIO:
      let audio: Audio = try Handles.audios.object(value.audio.bits)
      self = .audio(audio)
    case ZCG_KIND_VIDEO:
      let video: Video = try Handles.videos.object(value.video.bits)
      self = .moving(video)
    case ZCG_KIND_OTHER:
      let name = unsafe withUnsafeBytes(of: value.type_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      self = .other(name.isEmpty ? nil : name)
    default: throw .invalidArgument("there is no kind of value \(value.kind.rawValue)")
    }
  }
}

extension zcg_value {
  fileprivate init(_ value: InputValue, input: UInt32) throws(ZCError) {
    self.init()
    self.input = input
    switch value {
    case .event(let on), .bool(let on):
      kind = ZCG_KIND_BOOL
      integer = on ? 1 : 0
    case .long(let number):
      kind = ZCG_KIND_INTEGER
      integer = Int64(number)
    case .float(let number):
      kind = ZCG_KIND_REAL
      self.number.0 = number
    case .point2D(let x, let y):
      kind = ZCG_KIND_VECTOR
      count = 2
      number = (x, y, 0, 0)
    case .point3D(let x, let y, let z):
      kind = ZCG_KIND_VECTOR
      count = 3
      number = (x, y, z, 0)
    case .color(let r, let g, let b, let a):
      kind = ZCG_KIND_VECTOR
      count = 4
      number = (r, g, b, a)
    case .image(let frame?):
      kind = ZCG_KIND_FRAME
      self.frame.bits = try Handles.frames.insert(frame.share(as: .presenter))
    case .audio(let audio?):
      kind = ZCG_KIND_AUDIO
      self.audio.bits = try Handles.audios.insert(audio)
    case .moving(let picture):
      // What else moves has no handle.
      guard let video = picture as? Video else { return }
      kind = ZCG_KIND_VIDEO
      self.video.bits = try Handles.videos.insert(video)
    case .image(nil), .audio(nil): kind = ZCG_KIND_NONE
    }
  }
}
