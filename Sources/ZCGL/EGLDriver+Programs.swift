import CGLES
import ZCCore

extension EGLDriver {
  package func buildProgram(vertex: String, fragment: String) -> ProgramOutcome {
    let vertexShader = compile(vertex, GL_VERTEX_SHADER)
    defer { gl.deleteShader(vertexShader) }
    if let log = refusal(of: vertexShader) { return .vertexRefused(log: log) }
    let fragmentShader = compile(fragment, GL_FRAGMENT_SHADER)
    defer { gl.deleteShader(fragmentShader) }
    if let log = refusal(of: fragmentShader) { return .fragmentRefused(log: log) }

    let program = gl.createProgram()
    gl.attachShader(program, vertexShader)
    gl.attachShader(program, fragmentShader)
    gl.linkProgram(program)
    var linked: GLint = 0
    unsafe gl.getProgramiv(program, GLenum(GL_LINK_STATUS), &linked)
    guard linked == 0 else {
      names?.add(.program(program))
      return .built(program)
    }
    defer { gl.deleteProgram(program) }
    var length: GLint = 0
    unsafe gl.getProgramiv(program, GLenum(GL_INFO_LOG_LENGTH), &length)
    return unsafe .linkRefused(
      log: text(length) { unsafe gl.getProgramInfoLog(program, $0, nil, $1) })
  }

  package func deleteProgram(_ name: UInt32) {
    names?.remove(.program(name))
    gl.deleteProgram(name)
  }

  package func useProgram(_ name: UInt32) { gl.useProgram(name) }

  package func uniformLocation(_ program: UInt32, _ name: String) -> Int32 {
    unsafe gl.getUniformLocation(program, name)
  }

  package func setUniform(_ location: Int32, _ value: UniformValue) {
    switch value {
    case .int(let x): gl.uniform1i(location, x)
    case .float(let x): gl.uniform1f(location, x)
    case .vec2(let x, let y): gl.uniform2f(location, x, y)
    case .vec3(let x, let y, let z): gl.uniform3f(location, x, y, z)
    case .vec4(let x, let y, let z, let w): gl.uniform4f(location, x, y, z, w)
    }
  }

  package func draw(vertexCount: Int32) {
    gl.drawArrays(GLenum(vertexCount == 4 ? GL_TRIANGLE_STRIP : GL_TRIANGLES), 0, vertexCount)
  }

  package func insertFence() -> UInt? {
    guard let fence = unsafe gl.fenceSync(GLenum(GL_SYNC_GPU_COMMANDS_COMPLETE), 0) else {
      return nil
    }
    let word = UInt(bitPattern: fence)
    names?.add(.fence(word))
    return word
  }

  package func fenceState(_ fence: UInt) -> FenceState {
    switch clientWait(fence, nanoseconds: 0) {
    case GL_ALREADY_SIGNALED, GL_CONDITION_SATISFIED: return .signaled
    case GL_TIMEOUT_EXPIRED: return .pending
    default: return .failed
    }
  }

  package func wait(for fence: UInt, atMost patience: Duration) {
    _ = clientWait(fence, nanoseconds: UInt64(max(0, patience / .nanoseconds(1))))
  }

  private func clientWait(_ fence: UInt, nanoseconds: UInt64) -> Int32 {
    let flush = GLbitfield(GL_SYNC_FLUSH_COMMANDS_BIT)
    let sync = unsafe OpaquePointer(bitPattern: fence)
    return unsafe Int32(bitPattern: gl.clientWaitSync(sync, flush, nanoseconds))
  }

  package func deleteFence(_ fence: UInt) {
    names?.remove(.fence(fence))
    unsafe gl.deleteSync(OpaquePointer(bitPattern: fence))
  }

  private func compile(_ source: String, _ stage: Int32) -> GLuint {
    let shader = gl.createShader(GLenum(stage))
    var source = source
    source.withUTF8 { bytes in
      unsafe bytes.withMemoryRebound(to: CChar.self) { text in
        let length = GLint(clamping: text.count)
        unsafe withUnsafePointer(to: text.baseAddress) { start in
          unsafe withUnsafePointer(to: length) { unsafe gl.shaderSource(shader, 1, start, $0) }
        }
      }
    }
    gl.compileShader(shader)
    return shader
  }

  /// The driver's log where the shader did not compile.
  private func refusal(of shader: GLuint) -> String? {
    var compiled: GLint = 0
    unsafe gl.getShaderiv(shader, GLenum(GL_COMPILE_STATUS), &compiled)
    guard compiled == 0 else { return nil }
    var length: GLint = 0
    unsafe gl.getShaderiv(shader, GLenum(GL_INFO_LOG_LENGTH), &length)
    return unsafe text(length) { unsafe gl.getShaderInfoLog(shader, $0, nil, $1) }
  }

  /// A log of `length` bytes, its NUL included.
  private func text(
    _ length: GLint, _ fill: (GLsizei, UnsafeMutablePointer<CChar>?) -> Void
  ) -> String {
    guard length > 1 else { return "the driver gave no reason" }
    var bytes = [CChar](repeating: 0, count: Int(length) + 1)
    unsafe bytes.withUnsafeMutableBufferPointer { unsafe fill(length, $0.baseAddress) }
    let written = bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return String(decoding: written, as: UTF8.self)
  }
}
