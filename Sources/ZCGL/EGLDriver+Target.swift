import CGLES
import ZCCore

extension EGLDriver {
  package func boundTarget() -> DrawTarget {
    let framebuffer = UInt32(bitPattern: gl.integer(GL_DRAW_FRAMEBUFFER_BINDING))
    let box = gl.integers(GL_VIEWPORT)
    let most = gl.integers(GL_MAX_VIEWPORT_DIMS)
    let problem = problem(of: framebuffer)
    let isEncoded = problem == nil && isSRGB(framebuffer)
    return DrawTarget(
      framebuffer: framebuffer,
      viewport: Viewport(x: box.x, y: box.y, width: box.z, height: box.w),
      limit: (most.x, most.y),
      // Desktop OpenGL encodes only where GL_FRAMEBUFFER_SRGB is on, which the state table turns off.
      encodesSRGB: capabilities.version.isES && isEncoded, problem: problem)
  }

  package func bindTarget(_ target: DrawTarget, _ part: Viewport) {
    gl.bindFramebuffer(GLenum(GL_DRAW_FRAMEBUFFER), target.framebuffer)
    gl.viewport(part.x, part.y, part.width, part.height)
  }

  /// Why nothing can be drawn into what is bound.
  private func problem(of framebuffer: UInt32) -> String? {
    let status = gl.checkFramebufferStatus(GLenum(GL_DRAW_FRAMEBUFFER))
    guard status == GLenum(GL_FRAMEBUFFER_COMPLETE) else {
      let code = "0x" + String(status, radix: 16)
      return framebuffer == 0 && status == GLenum(GL_FRAMEBUFFER_UNDEFINED)
        ? "no framebuffer is bound, and the context has no window of its own"
        : "the framebuffer that is bound is incomplete (\(code))"
    }
    guard gl.integer(GL_DRAW_BUFFER0) != GL_NONE else {
      return "the framebuffer that is bound draws into no buffer (glDrawBuffers)"
    }
    let count = min(gl.integer(GL_MAX_DRAW_BUFFERS), 16)
    for index in 1..<max(2, count) where index < count {
      guard gl.integer(GL_DRAW_BUFFER0 + index) == GL_NONE else {
        return "the framebuffer that is bound draws into several buffers (glDrawBuffers)"
      }
    }
    let type = attachment(GL_FRAMEBUFFER_ATTACHMENT_COMPONENT_TYPE, of: framebuffer)
    guard type != GL_INT, type != GL_UNSIGNED_INT else {
      return "the framebuffer that is bound holds integers, which no picture is drawn into"
    }
    return nil
  }

  private func isSRGB(_ framebuffer: UInt32) -> Bool {
    attachment(GL_FRAMEBUFFER_ATTACHMENT_COLOR_ENCODING, of: framebuffer) == GL_SRGB
  }

  /// A fact about the buffer that is drawn into. Of a window it is asked by another name.
  private func attachment(_ fact: Int32, of framebuffer: UInt32) -> Int32 {
    let buffer = gl.integer(GL_DRAW_BUFFER0)
    let isES = capabilities.version.isES
    let name: Int32 =
      switch buffer {
      case GL_BACK where !isES: Self.backLeft
      case GL_FRONT: Self.frontLeft
      default: buffer
      }
    var value: GLint = 0
    unsafe gl.getAttachment(
      GLenum(GL_DRAW_FRAMEBUFFER), GLenum(bitPattern: name), GLenum(bitPattern: fact), &value)
    return value
  }

  private static let frontLeft: Int32 = 0x0400
  private static let backLeft: Int32 = 0x0402
}
