import CGLES
import ZCCore

/// An object of ours inside a GL context, by which the context is known again.
///
/// Addresses of contexts and names of objects repeat. A vertex array is never shared between
/// contexts, and nobody else's has this one's random numbers as the divisors of its attributes.
/// It is also what we draw from: it has no attributes enabled.
struct Sentinel: Sendable {
  let name: UInt32
  private let nonce: SIMD4<Int32>

  /// Makes one in the current context; what was bound is bound again.
  init(_ gl: GLProcs) throws(ZCError) {
    var name: GLuint = 0
    unsafe gl.genVertexArrays(1, &name)
    self.name = name
    nonce = SIMD4.random(in: 1...Int32.max)
    let bound = gl.boundVertexArray
    gl.bindVertexArray(name)
    for index in nonce.indices {
      gl.vertexAttribDivisor(GLuint(truncatingIfNeeded: index), GLuint(bitPattern: nonce[index]))
    }
    gl.bindVertexArray(bound)
    guard isHere(gl) else {
      throw .gl(operation: "making a vertex array", code: GLenum(GL_INVALID_OPERATION))
    }
  }

  /// Whether the current context is the one that this was made in.
  func isHere(_ gl: GLProcs) -> Bool {
    guard Guards.keep(.sentinels) else { return true }
    guard gl.isVertexArray(name) == GLboolean(GL_TRUE) else { return false }
    let bound = gl.boundVertexArray
    gl.bindVertexArray(name)
    defer { gl.bindVertexArray(bound) }
    var found = SIMD4<Int32>()
    for index in found.indices {
      unsafe gl.getVertexAttribiv(
        GLuint(truncatingIfNeeded: index), GLenum(GL_VERTEX_ATTRIB_ARRAY_DIVISOR), &found[index])
    }
    return found == nonce
  }

  /// Whether it is bound, as it is in a context of our own: one call, where ``isHere(_:)`` is seven.
  func isBound(_ gl: GLProcs) -> Bool {
    var found: GLint = 0
    unsafe gl.getVertexAttribiv(0, GLenum(GL_VERTEX_ATTRIB_ARRAY_DIVISOR), &found)
    return found == nonce.x
  }

  /// Gives the name back, in the context that it was made in.
  func delete(_ gl: GLProcs) {
    unsafe withUnsafePointer(to: name) { unsafe gl.deleteVertexArrays(1, $0) }
  }
}

extension GLProcs {
  fileprivate var boundVertexArray: GLuint {
    GLuint(bitPattern: integer(GL_VERTEX_ARRAY_BINDING))
  }
}
