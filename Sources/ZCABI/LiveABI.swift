public import CZCGPU
import ZCAudio
import ZCColor
import ZCContext
import ZCCore
import ZCRender
import ZCVideo

@c @implementation
public func zcg_live_describe(
  _ json: UnsafeMutablePointer<zcg_text>?, _ err: UnsafeMutablePointer<zcg_error>?
) -> zcg_status {
  unsafe boundary(err) { () throws(ZCError) in
    let json = try unsafe json.required("json")
    unsafe json.pointee = try Text.handle(Handles.report.text)
  }
}

extension Handles {
  /// Everything that lives.
  fileprivate static var report: JSONText {
    let entries =
      contexts.entries { ("context", $0.members) }
      + references.entries { ("reference", $0.members) }
      + scenes.entries { ("scene", $0.members) } + frames.entries { ("frame", $0.members) }
      + leases.entries { $0.kindAndMembers } + mappings.entries { ("view", $0.members) }
      + pools.entries { ("pool", $0.members) } + audios.entries { ("audio", $0.members) }
      + renderers.entries { ("renderer", $0.members) }
      + decoders.entries { ("decoder", $0.members) }
      + pipelines.entries { ("pipeline", $0.members) }
      + videos.entries { ("video", $0.members) }
      + videoFrames.entries { ("video frame", $0.members) }
      + planes.entries { ("plane", $0.members) }
      + dmabufs.entries { ("dmabuf", $0.members) }
      + texts.entries { ("text", $0.members) }
    return .object([
      ("tracing", .bool(isTracing)), ("traces", .integer(noteCount)), ("live", .array(entries)),
    ])
  }
}

private typealias Members = [(String, JSONText)]

extension Registry {
  /// One object for each handle; `describe` gives its kind and what is the kind's own.
  fileprivate func entries(_ describe: (Object) -> (kind: String, members: Members)) -> [JSONText] {
    all.map { entry in
      let (kind, members) = describe(entry.object)
      return .object(
        [("kind", .string(kind)), ("handle", .integer(Int(clamping: entry.bits)))] + members
          + [("trace", .optional(entry.note))])
    }
  }
}

extension GPUContext {
  fileprivate var members: Members {
    guard case .object(let members) = report else { return [] }
    return [("context", .integer(Int(clamping: serial)))] + members
  }
}

extension ContextReference {
  fileprivate var members: Members {
    [("context", .integer(Int(clamping: context.serial))), ("holder", .string(holder))]
  }
}

extension Pool {
  fileprivate var members: Members { [("context", .integer(Int(clamping: context.serial)))] }
}

extension Pipeline {
  fileprivate var members: Members {
    let held = roles.map { ("\($0.0)", JSONText.integer($0.1)) }
    return [("holders", .object(held))]
  }
}

extension PacketDecoder {
  fileprivate var members: Members { [("codec", .string(options.codec))] }
}

extension Renderer {
  fileprivate var members: Members { [("context", .integer(Int(clamping: context.serial)))] }
}

extension Audio {
  fileprivate var members: Members {
    [
      ("rate", .number(rate)), ("channels", .integer(channelCount)), ("count", .integer(count)),
      ("bytes", .integer(byteCount)),
    ]
  }
}

extension Video {
  fileprivate var members: Members {
    [
      ("path", .string(path.name)), ("width", .integer(stream.width)),
      ("height", .integer(stream.height)), ("codec", .string(stream.codec)),
    ]
  }
}

extension VideoFrame {
  fileprivate var members: Members {
    let roles = roles
    var counts: Members = Role.allCases.compactMap { role in
      roles[role] == 0 ? nil : ("\(role)", .integer(Int(roles[role])))
    }
    if viewCount > 0 { counts.append(("view", .integer(viewCount))) }
    return [
      ("width", .integer(facts.width)), ("height", .integer(facts.height)),
      ("dtype", .string(facts.pixelFormat)), ("bytes", .integer(byteCount)),
      ("role", .string("\(role)")), ("holders", .object(counts)),
    ]
  }
}

extension PlaneView {
  fileprivate var members: Members {
    [
      ("width", .integer(plane.columns)), ("height", .integer(plane.place.rows)),
      ("dtype", .string(plane.bytesPerSample == 1 ? "uint8" : "uint16")),
      ("bytes", .integer(plane.place.rows * plane.place.rowBytes)),
    ]
  }
}

extension Scene {
  fileprivate var members: Members {
    let inputs = images.map { image -> JSONText in
      .object([("name", .string(image.name))] + image.frame.origin.members + image.frame.held)
    }
    return [("context", .integer(Int(clamping: context.serial))), ("inputs", .array(inputs))]
  }
}

extension Frame {
  fileprivate var members: Members {
    origin.members + [("role", .string("\(role)")), ("usable", .bool(isUsable))] + held
  }

  /// Who holds it.
  fileprivate var held: Members {
    let holders = holders
    let roles = holders.roles
    var counts: Members = Role.allCases.compactMap { role in
      roles[role] == 0 ? nil : ("\(role)", .integer(Int(roles[role])))
    }
    if holders.viewCount > 0 { counts.append(("view", .integer(holders.viewCount))) }
    return [("holders", .object(counts))]
  }
}

extension Leased {
  fileprivate var kindAndMembers: (kind: String, members: Members) {
    switch held {
    case .frame(let frame): ("lease", frame.members)
    case .videoFrame(let frame): ("video lease", frame.members)
    }
  }
}

extension FrameView {
  fileprivate var members: Members { origin.members }
}

extension Dmabuf {
  fileprivate var members: Members {
    [
      ("width", .integer(Int(clamping: layout.width))),
      ("height", .integer(Int(clamping: layout.height))),
      ("fourcc", .string(layout.fourcc.name)),
    ]
  }
}

extension Text {
  fileprivate var members: Members { [("bytes", .integer(unsafe bytes.count))] }
}

extension FrameOrigin {
  fileprivate var members: Members {
    [
      ("context", .integer(Int(clamping: context))),
      ("generation", .integer(Int(clamping: generation.rawValue))),
      ("texture", .integer(Int(record.name))),
      ("width", .integer(Int(record.picture.width))),
      ("height", .integer(Int(record.picture.height))),
      ("dtype", .string(record.format.elementName)),
      ("bytes", .integer(record.bytes)),
    ]
  }
}
