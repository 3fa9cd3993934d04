import ZCContext
import ZCCore
import ZCGL
import ZCPipeline

/// The program that draws a picture over a rectangle, and where its uniforms are.
struct Brush: ~Copyable {
  private let program: Program
  private let part: Int32
  private let fill: Int32
  private let filled: Int32
  private let linear: Int32

  init(in context: GPUContext, _ current: borrowing Current) throws(ZCError) {
    let gl = current.gl
    let isES = gl.capabilities.version.isES
    let outcome = gl.buildProgram(
      vertex: Self.heading(isES) + Self.vertex, fragment: Self.heading(isES) + Self.fragment)
    guard case .built(let name) = outcome else {
      throw current.refusal(.gl(operation: "building the renderer's program", code: 0))
    }
    program = Program(adopting: name, in: context, current)
    gl.useProgram(name)
    gl.setUniform(gl.uniformLocation(name, "picture"), .int(0))
    part = gl.uniformLocation(name, "part")
    fill = gl.uniformLocation(name, "fill")
    filled = gl.uniformLocation(name, "filled")
    linear = gl.uniformLocation(name, "linear")
  }

  var generation: Generation { program.generation }

  /// Draws the background, then the picture in its place.
  func draw(
    _ picture: TextureRecord, _ request: Renderer.Request, in room: Viewport,
    of target: DrawTarget, _ current: borrowing Current
  ) {
    let gl = current.gl
    let place = request.fit.place(
      width: picture.extent.width, height: picture.extent.height, aspect: request.sampleAspect ?? 1,
      inRoom: (room.width, room.height))
    gl.useProgram(program.name)
    gl.bindTexture(picture.name, unit: 0)
    gl.setUniform(linear, .int(target.encodesSRGB ? 1 : 0))
    if let color = request.background {
      gl.setUniform(filled, .int(1))
      gl.setUniform(fill, .vec4(color.x, color.y, color.z, color.w))
      gl.setUniform(part, .vec4(0, 0, 1, 1))
      gl.bindTarget(target, room)
      gl.draw(vertexCount: 4)
    }
    gl.setUniform(filled, .int(0))
    gl.setUniform(fill, .vec4(0, 0, 0, 0))
    gl.setUniform(
      part,
      .vec4(
        Float(place.partX), Float(place.partY), Float(place.partWidth), Float(place.partHeight)))
    gl.bindTarget(
      target,
      Viewport(
        x: room.x &+ place.x, y: room.y &+ place.y, width: place.width, height: place.height))
    gl.draw(vertexCount: 4)
  }

  private static func heading(_ isES: Bool) -> String {
    isES
      ? "#version 300 es\nprecision highp float;\nprecision highp int;\n" : "#version 330 core\n"
  }

  private static let vertex = """
    uniform vec4 part;
    out vec2 place;
    void main() {
      vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
      place = part.xy + corner * part.zw;
      gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);
    }

    """

  // What is decoded here is encoded again by the framebuffer (IEC 61966-2-1).
  private static let fragment = """
    uniform sampler2D picture;
    uniform vec4 fill;
    uniform int filled;
    uniform int linear;
    in vec2 place;
    out vec4 color;
    vec3 decoded(vec3 c) {
      return mix(c / 12.92, pow((c + 0.055) / 1.055, vec3(2.4)), step(0.04045, c));
    }
    void main() {
      color = filled != 0 ? fill : texture(picture, place);
      if (linear != 0) color.rgb = decoded(clamp(color.rgb, 0.0, 1.0));
    }

    """
}
