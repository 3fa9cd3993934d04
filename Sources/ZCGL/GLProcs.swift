import CGLES
import ZCCore

/// GL's entry points, one table a library. Loaded by `eglGetProcAddress`; nothing is linked.
@safe struct GLProcs: @unchecked Sendable {  // immutable C function pointers
  typealias Words = UnsafeMutablePointer<GLuint>?
  typealias ConstWords = UnsafePointer<GLuint>?

  let getError: @convention(c) () -> GLenum
  let getString: @convention(c) (GLenum) -> UnsafePointer<GLubyte>?
  let getStringi: @convention(c) (GLenum, GLuint) -> UnsafePointer<GLubyte>?
  let getIntegerv: @convention(c) (GLenum, UnsafeMutablePointer<GLint>?) -> Void
  /// nil where the context answers no resets.
  private(set) var resetStatus: (@convention(c) () -> GLenum)?

  let genTextures: @convention(c) (GLsizei, Words) -> Void
  let deleteTextures: @convention(c) (GLsizei, ConstWords) -> Void
  let activeTexture: @convention(c) (GLenum) -> Void
  let bindTexture: @convention(c) (GLenum, GLuint) -> Void
  let texImage2D:
    @convention(c) (
      GLenum, GLint, GLint, GLsizei, GLsizei, GLint, GLenum, GLenum, UnsafeRawPointer?
    ) -> Void
  let texSubImage2D:
    @convention(c) (
      GLenum, GLint, GLint, GLint, GLsizei, GLsizei, GLenum, GLenum, UnsafeRawPointer?
    ) -> Void
  let texParameteri: @convention(c) (GLenum, GLenum, GLint) -> Void

  let genFramebuffers: @convention(c) (GLsizei, Words) -> Void
  let deleteFramebuffers: @convention(c) (GLsizei, ConstWords) -> Void
  let bindFramebuffer: @convention(c) (GLenum, GLuint) -> Void
  let framebufferTexture2D: @convention(c) (GLenum, GLenum, GLenum, GLuint, GLint) -> Void
  let checkFramebufferStatus: @convention(c) (GLenum) -> GLenum
  let getAttachment: @convention(c) (GLenum, GLenum, GLenum, UnsafeMutablePointer<GLint>?) -> Void
  let blitFramebuffer:
    @convention(c) (
      GLint, GLint, GLint, GLint, GLint, GLint, GLint, GLint, GLbitfield, GLenum
    ) -> Void
  let viewport: @convention(c) (GLint, GLint, GLsizei, GLsizei) -> Void
  let clearColor: @convention(c) (GLfloat, GLfloat, GLfloat, GLfloat) -> Void
  let clear: @convention(c) (GLbitfield) -> Void
  let readPixels:
    @convention(c) (
      GLint, GLint, GLsizei, GLsizei, GLenum, GLenum, UnsafeMutableRawPointer?
    ) -> Void
  let pixelStorei: @convention(c) (GLenum, GLint) -> Void
  let enable: @convention(c) (GLenum) -> Void

  let createShader: @convention(c) (GLenum) -> GLuint
  let deleteShader: @convention(c) (GLuint) -> Void
  let shaderSource:
    @convention(c) (
      GLuint, GLsizei, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<GLint>?
    ) -> Void
  let compileShader: @convention(c) (GLuint) -> Void
  let getShaderiv: @convention(c) (GLuint, GLenum, UnsafeMutablePointer<GLint>?) -> Void
  let getShaderInfoLog:
    @convention(c) (
      GLuint, GLsizei, UnsafeMutablePointer<GLsizei>?, UnsafeMutablePointer<CChar>?
    ) -> Void
  let createProgram: @convention(c) () -> GLuint
  let deleteProgram: @convention(c) (GLuint) -> Void
  let attachShader: @convention(c) (GLuint, GLuint) -> Void
  let linkProgram: @convention(c) (GLuint) -> Void
  let getProgramiv: @convention(c) (GLuint, GLenum, UnsafeMutablePointer<GLint>?) -> Void
  let getProgramInfoLog:
    @convention(c) (
      GLuint, GLsizei, UnsafeMutablePointer<GLsizei>?, UnsafeMutablePointer<CChar>?
    ) -> Void
  let useProgram: @convention(c) (GLuint) -> Void
  let getUniformLocation: @convention(c) (GLuint, UnsafePointer<CChar>?) -> GLint
  let uniform1i: @convention(c) (GLint, GLint) -> Void
  let uniform1f: @convention(c) (GLint, GLfloat) -> Void
  let uniform2f: @convention(c) (GLint, GLfloat, GLfloat) -> Void
  let uniform3f: @convention(c) (GLint, GLfloat, GLfloat, GLfloat) -> Void
  let uniform4f: @convention(c) (GLint, GLfloat, GLfloat, GLfloat, GLfloat) -> Void

  let genVertexArrays: @convention(c) (GLsizei, Words) -> Void
  let deleteVertexArrays: @convention(c) (GLsizei, ConstWords) -> Void
  let isVertexArray: @convention(c) (GLuint) -> GLboolean
  let bindVertexArray: @convention(c) (GLuint) -> Void
  let vertexAttribDivisor: @convention(c) (GLuint, GLuint) -> Void
  let getVertexAttribiv: @convention(c) (GLuint, GLenum, UnsafeMutablePointer<GLint>?) -> Void
  let drawArrays: @convention(c) (GLenum, GLint, GLsizei) -> Void

  let fenceSync: @convention(c) (GLenum, GLbitfield) -> OpaquePointer?
  let clientWaitSync: @convention(c) (OpaquePointer?, GLbitfield, GLuint64) -> GLenum
  let deleteSync: @convention(c) (OpaquePointer?) -> Void
  let finish: @convention(c) () -> Void

  /// - Throws: `noDisplay` naming the first entry point that the driver lacks.
  init(_ library: EGLLibrary) throws(ZCError) {
    func need<F>(_ name: String) throws(ZCError) -> F {
      guard let entry = library.proc(name, as: F.self) else {
        throw .noDisplay("the driver has no \(name)")
      }
      return entry
    }
    getError = try need("glGetError")
    unsafe getString = try need("glGetString")
    unsafe getStringi = try need("glGetStringi")
    unsafe getIntegerv = try need("glGetIntegerv")
    resetStatus = nil
    unsafe genTextures = try need("glGenTextures")
    unsafe deleteTextures = try need("glDeleteTextures")
    activeTexture = try need("glActiveTexture")
    bindTexture = try need("glBindTexture")
    unsafe texImage2D = try need("glTexImage2D")
    unsafe texSubImage2D = try need("glTexSubImage2D")
    texParameteri = try need("glTexParameteri")
    unsafe genFramebuffers = try need("glGenFramebuffers")
    unsafe deleteFramebuffers = try need("glDeleteFramebuffers")
    bindFramebuffer = try need("glBindFramebuffer")
    framebufferTexture2D = try need("glFramebufferTexture2D")
    checkFramebufferStatus = try need("glCheckFramebufferStatus")
    unsafe getAttachment = try need("glGetFramebufferAttachmentParameteriv")
    blitFramebuffer = try need("glBlitFramebuffer")
    viewport = try need("glViewport")
    clearColor = try need("glClearColor")
    clear = try need("glClear")
    unsafe readPixels = try need("glReadPixels")
    pixelStorei = try need("glPixelStorei")
    enable = try need("glEnable")
    createShader = try need("glCreateShader")
    deleteShader = try need("glDeleteShader")
    unsafe shaderSource = try need("glShaderSource")
    compileShader = try need("glCompileShader")
    unsafe getShaderiv = try need("glGetShaderiv")
    unsafe getShaderInfoLog = try need("glGetShaderInfoLog")
    createProgram = try need("glCreateProgram")
    deleteProgram = try need("glDeleteProgram")
    attachShader = try need("glAttachShader")
    linkProgram = try need("glLinkProgram")
    unsafe getProgramiv = try need("glGetProgramiv")
    unsafe getProgramInfoLog = try need("glGetProgramInfoLog")
    useProgram = try need("glUseProgram")
    unsafe getUniformLocation = try need("glGetUniformLocation")
    uniform1i = try need("glUniform1i")
    uniform1f = try need("glUniform1f")
    uniform2f = try need("glUniform2f")
    uniform3f = try need("glUniform3f")
    uniform4f = try need("glUniform4f")
    unsafe genVertexArrays = try need("glGenVertexArrays")
    unsafe deleteVertexArrays = try need("glDeleteVertexArrays")
    isVertexArray = try need("glIsVertexArray")
    bindVertexArray = try need("glBindVertexArray")
    vertexAttribDivisor = try need("glVertexAttribDivisor")
    unsafe getVertexAttribiv = try need("glGetVertexAttribiv")
    drawArrays = try need("glDrawArrays")
    unsafe fenceSync = try need("glFenceSync")
    unsafe clientWaitSync = try need("glClientWaitSync")
    unsafe deleteSync = try need("glDeleteSync")
    finish = try need("glFinish")
  }

  /// The context was not made to answer resets.
  mutating func forgetResetStatus() { resetStatus = nil }

  /// Finds the question after resets under the name that this context knows it by: drivers hand
  /// out the others too, and then refuse the call.
  mutating func findResetStatus(
    _ version: ContextVersion, _ extensions: Set<String>, in library: EGLLibrary
  ) {
    let isCore = (version.major, version.minor) >= (version.isES ? (3, 2) : (4, 5))
    let known = [
      (isCore, "glGetGraphicsResetStatus"),
      (extensions.contains("GL_KHR_robustness"), "glGetGraphicsResetStatusKHR"),
      (extensions.contains("GL_EXT_robustness"), "glGetGraphicsResetStatusEXT"),
      (extensions.contains("GL_ARB_robustness"), "glGetGraphicsResetStatusARB"),
    ]
    for (isThere, name) in known where isThere && resetStatus == nil {
      resetStatus = library.proc(name)
    }
  }
}
