import ZCContext
import ZCCore
import ZCGL
import ZCISF
import ZCTestSupport

@testable import ZCRender

/// A size that a test knows to fit.
func extent(_ width: Int64, _ height: Int64) throws(ZCError) -> Extent {
  try Extent(width: width, height: height, limit: 32768)
}

/// A scene of a header and a body in the line behind it, and perhaps a vertex shader.
func scene(
  _ header: String, body: String = "void main() { gl_FragColor = vec4(1.0); }",
  vertex: String? = nil, in context: GPUContext
) throws(ZCError) -> Scene {
  try Scene(
    ShaderSource(
      fragment: Array("/*\(header)*/\n\(body)".utf8), vertex: vertex.map { Array($0.utf8) }),
    in: context)
}

extension Scene {
  /// A frame of 8 x 4 pixels.
  @discardableResult
  func frame(
    time: Double = 0, width: Int64 = 8, inputs: [(index: Int, value: OfferedValue)] = []
  ) throws(ZCError) -> Frame {
    try render(
      RenderRequest(
        width: width, height: 4, time: time,
        inputs: inputs.map { Offer(index: $0.index, value: $0.value) }))
  }
}

extension GPUContext {
  /// A frame of one pixel, cleared.
  func clearFrame() throws(ZCError) -> Frame {
    let texture = try withCurrent { (current) throws(ZCError) -> Texture in
      let texture = try makeTexture(.pixel, .rgba8, current)
      current.gl.bindFramebuffer(texture.record.framebuffer, .pixel)
      current.gl.clearFramebuffer()
      return texture
    }
    return Frame(texture, in: self)
  }
}

/// The name of an error's case.
func caseName(_ error: (any Error)?) -> String {
  guard let error = error as? ZCError else { return "no error of ours" }
  return switch error {
  case .invalidArgument: "invalidArgument"
  case .wrongType: "wrongType"
  case .outOfRange: "outOfRange"
  case .unknownInput: "unknownInput"
  case .badSize: "badSize"
  case .badBuffer: "badBuffer"
  case .wrongContext: "wrongContext"
  case .outOfMemory: "outOfMemory"
  case .notCurrent: "notCurrent"
  case .poolExhausted: "poolExhausted"
  case .output: "output"
  case .closed: "closed"
  case .shader: "shader"
  default: "\(error)"
  }
}
