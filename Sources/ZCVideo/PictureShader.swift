import ZCColor
import ZCContext
import ZCGL

/// The shader that makes RGBA of luma and chroma: what ZCColor does on the CPU.
enum PictureShader {
  /// Where the uniforms are in ``text(isPaired:isES:)``'s list.
  enum Slot: Int, CaseIterable {
    case luma, cb, cr, toRed, toGreen, toBlue, column, row, chroma

    var name: String { "\(self)" }
  }

  /// `isPaired`: Cb and Cr are red and green of one texture.
  static func text(isPaired: Bool, isES: Bool) -> ProgramText {
    let slots = Slot.allCases.filter { !isPaired || $0 != .cr }
    return ProgramText(
      purpose: "converting a picture", vertex: header(isES) + vertex,
      fragment: header(isES) + (isPaired ? pairs : planes) + fragment,
      uniforms: slots.map(\.name))
  }

  private static func header(_ isES: Bool) -> String {
    isES
      ? "#version 300 es\nprecision highp float;\nprecision highp int;\nprecision highp sampler2D;\n"
      : "#version 330 core\n"
  }

  private static let vertex = """
    void main() {
      vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
      gl_Position = vec4(corner * 4.0 - 1.0, 0.0, 1.0);
    }
    """

  private static let pairs = """
    uniform sampler2D cb;
    vec2 fetchChroma(ivec2 at) { return texelFetch(cb, at, 0).rg; }

    """

  private static let planes = """
    uniform sampler2D cb;
    uniform sampler2D cr;
    vec2 fetchChroma(ivec2 at) {
      return vec2(texelFetch(cb, at, 0).r, texelFetch(cr, at, 0).r);
    }

    """

  /// `column` and `row` say which of the picture's a pixel shows; `chroma` is how far the first
  /// sample of chroma lies off luma's, and how many of it there are for one of luma. Weights are
  /// worked out here, not by the sampler, whose own have too few bits.
  private static let fragment = """
    uniform sampler2D luma;
    uniform vec4 toRed;
    uniform vec4 toGreen;
    uniform vec4 toBlue;
    uniform vec3 column;
    uniform vec3 row;
    uniform vec4 chroma;
    out vec4 color;

    vec2 chromaAt(vec2 at) {
      vec2 place = (at - chroma.xy) * chroma.zw;
      vec2 first = floor(place);
      vec2 part = place - first;
      ivec2 last = textureSize(cb, 0) - 1;
      ivec2 low = clamp(ivec2(first), ivec2(0), last);
      ivec2 high = clamp(ivec2(first) + 1, ivec2(0), last);
      vec2 lower = mix(fetchChroma(low), fetchChroma(ivec2(high.x, low.y)), part.x);
      vec2 upper = mix(fetchChroma(ivec2(low.x, high.y)), fetchChroma(high), part.x);
      return mix(lower, upper, part.y);
    }

    void main() {
      vec3 here = vec3(floor(gl_FragCoord.xy), 1.0);
      vec2 at = floor(vec2(dot(column, here), dot(row, here)) + 0.5);
      vec4 sample_ = vec4(texelFetch(luma, ivec2(at), 0).r, chromaAt(at), 1.0);
      color = vec4(dot(toRed, sample_), dot(toGreen, sample_), dot(toBlue, sample_), 1.0);
    }
    """
}
