import CGLES
import ZCCore

/// GL's entry points for asking and setting state: only borrowed contexts and `reset_state` need
/// them. Those that not every context has are nil where they are missing; no row of the table asks
/// for them then.
@safe struct GLStateCalls: @unchecked Sendable {  // immutable C function pointers
  typealias Ints = UnsafeMutablePointer<GLint>?
  typealias Floats = UnsafeMutablePointer<GLfloat>?

  let gl: GLProcs
  let disable: @convention(c) (GLenum) -> Void
  let isEnabled: @convention(c) (GLenum) -> GLboolean
  let enablei: (@convention(c) (GLenum, GLuint) -> Void)?
  let disablei: (@convention(c) (GLenum, GLuint) -> Void)?
  let isEnabledi: (@convention(c) (GLenum, GLuint) -> GLboolean)?
  let getIntegeriv: @convention(c) (GLenum, GLuint, Ints) -> Void
  let getFloatv: @convention(c) (GLenum, Floats) -> Void
  let getFloativ: (@convention(c) (GLenum, GLuint, Floats) -> Void)?
  let viewportIndexed: (@convention(c) (GLuint, GLfloat, GLfloat, GLfloat, GLfloat) -> Void)?
  let colorMask: @convention(c) (GLboolean, GLboolean, GLboolean, GLboolean) -> Void
  let colorMaski: (@convention(c) (GLuint, GLboolean, GLboolean, GLboolean, GLboolean) -> Void)?
  let bindBuffer: @convention(c) (GLenum, GLuint) -> Void
  let unmapBuffer: @convention(c) (GLenum) -> GLboolean
  let bindSampler: @convention(c) (GLuint, GLuint) -> Void
  let polygonMode: (@convention(c) (GLenum, GLenum) -> Void)?
  let clampColor: (@convention(c) (GLenum, GLenum) -> Void)?
  let clipControl: (@convention(c) (GLenum, GLenum) -> Void)?
  let pixelTransferf: (@convention(c) (GLenum, GLfloat) -> Void)?
  let pauseTransformFeedback: (@convention(c) () -> Void)?
  let resumeTransformFeedback: (@convention(c) () -> Void)?

  /// - Throws: `noDisplay` naming the first entry point that the driver lacks.
  init(_ gl: GLProcs, _ library: EGLLibrary) throws(ZCError) {
    func find<F>(_ names: String...) -> F? {
      for name in names {
        if let entry = library.proc(name, as: F.self) { return entry }
      }
      return nil
    }
    func need<F>(_ name: String) throws(ZCError) -> F {
      guard let entry = library.proc(name, as: F.self) else {
        throw .noDisplay("the driver has no \(name)")
      }
      return entry
    }
    self.gl = gl
    disable = try need("glDisable")
    isEnabled = try need("glIsEnabled")
    enablei = find("glEnablei", "glEnableiOES", "glEnableiEXT")
    disablei = find("glDisablei", "glDisableiOES", "glDisableiEXT")
    isEnabledi = find("glIsEnabledi", "glIsEnablediOES", "glIsEnablediEXT")
    unsafe getIntegeriv = try need("glGetIntegeri_v")
    unsafe getFloatv = try need("glGetFloatv")
    unsafe getFloativ = find("glGetFloati_v", "glGetFloati_vOES")
    viewportIndexed = find("glViewportIndexedf", "glViewportIndexedfOES")
    colorMask = try need("glColorMask")
    colorMaski = find("glColorMaski", "glColorMaskiOES", "glColorMaskiEXT")
    bindBuffer = try need("glBindBuffer")
    unmapBuffer = try need("glUnmapBuffer")
    bindSampler = try need("glBindSampler")
    polygonMode = find("glPolygonMode")
    clampColor = find("glClampColor")
    clipControl = find("glClipControl", "glClipControlEXT")
    pixelTransferf = find("glPixelTransferf")
    pauseTransformFeedback = find("glPauseTransformFeedback")
    resumeTransformFeedback = find("glResumeTransformFeedback")
  }
}

extension GLStateCalls {
  /// What a setting is now.
  func read(_ setting: GLSetting) -> GLSetting.Value {
    switch setting {
    case .toggle(let name): [Int32(isEnabled(name)), 0, 0, 0]
    case .firstToggle(let name): [Int32(isEnabledi?(name, 0) ?? 0), 0, 0, 0]
    case .scissorTests(let count): scissorTests(count)
    case .pixelStore(let name), .clampColor(let name): integers(name)
    case .pixelTransfer(let name): floats(name)
    case .buffer(_, let query), .framebuffer(_, let query): integers(query)
    case .program: integers(GLenum(GL_CURRENT_PROGRAM))
    case .vertexArray: integers(GLenum(GL_VERTEX_ARRAY_BINDING))
    case .activeTexture: integers(GLenum(GL_ACTIVE_TEXTURE))
    case .viewport: integers(GLenum(GL_VIEWPORT))
    case .viewports(let index): viewport(index)
    case .colorMask: integers(GLenum(GL_COLOR_WRITEMASK))
    case .firstColorMask: firstColorMask
    case .clearColor: floats(GLenum(GL_COLOR_CLEAR_VALUE))
    case .polygonMode: polygonModes
    case .clipControl: [integers(Name.clipOrigin).x, integers(Name.clipDepth).x, 0, 0]
    case .transformFeedback:
      [
        integers(GLenum(GL_TRANSFORM_FEEDBACK_ACTIVE)).x
          & ~integers(GLenum(GL_TRANSFORM_FEEDBACK_PAUSED)).x, 0, 0, 0,
      ]
    }
  }

  /// Makes a setting what `read(_:)` gave.
  func write(_ setting: GLSetting, _ value: GLSetting.Value) {
    let word = UInt32(bitPattern: value.x)
    switch setting {
    case .toggle(let name): value.x == 0 ? disable(name) : gl.enable(name)
    case .firstToggle(let name): value.x == 0 ? disablei?(name, 0) : enablei?(name, 0)
    case .scissorTests(let count): setScissorTests(word, count)
    case .pixelStore(let name): gl.pixelStorei(name, value.x)
    case .pixelTransfer(let name): pixelTransferf?(name, Float(bitPattern: word))
    case .clampColor(let name): clampColor?(name, word)
    case .buffer(let target, _): bindBuffer(target, word)
    case .framebuffer(let target, _): gl.bindFramebuffer(target, word)
    case .program: gl.useProgram(word)
    case .vertexArray: gl.bindVertexArray(word)
    case .activeTexture: gl.activeTexture(word)
    case .viewport: gl.viewport(value.x, value.y, value.z, value.w)
    case .viewports(let index):
      let box = SIMD4<Float>(bits: value)
      viewportIndexed?(index, box.x, box.y, box.z, box.w)
    case .colorMask: colorMask(bool(value.x), bool(value.y), bool(value.z), bool(value.w))
    case .firstColorMask:
      colorMaski?(0, bool(value.x), bool(value.y), bool(value.z), bool(value.w))
    case .clearColor:
      let color = SIMD4<Float>(bits: value)
      gl.clearColor(color.x, color.y, color.z, color.w)
    case .polygonMode: setPolygonModes(word, UInt32(bitPattern: value.y))
    case .clipControl: clipControl?(word, UInt32(bitPattern: value.y))
    case .transformFeedback:
      value.x == 0 ? pauseTransformFeedback?() : resumeTransformFeedback?()
    }
  }

  /// Leaves this error pending, as it was before. No pixel buffer is bound.
  /// - Returns: false for an error that cannot be caused on purpose.
  func putBack(error code: UInt32) -> Bool {
    switch Int32(bitPattern: code) {
    case GL_INVALID_ENUM: gl.enable(0)
    case GL_INVALID_VALUE: gl.viewport(0, 0, -1, -1)
    case GL_INVALID_OPERATION: _ = unmapBuffer(GLenum(GL_PIXEL_PACK_BUFFER))
    default: return false
    }
    return true
  }

  private func integers(_ name: GLenum) -> GLSetting.Value {
    var words = GLSetting.Value()
    // GL writes four words at most for the names asked here.
    unsafe withUnsafeMutableBytes(of: &words) { bytes in
      unsafe gl.getIntegerv(name, bytes.bindMemory(to: GLint.self).baseAddress)
    }
    return words
  }

  private func floats(_ name: GLenum) -> GLSetting.Value {
    var words = GLSetting.Value()
    // As above; the floats' bits are kept.
    unsafe withUnsafeMutableBytes(of: &words) { bytes in
      unsafe getFloatv(name, bytes.bindMemory(to: GLfloat.self).baseAddress)
    }
    return words
  }

  private func viewport(_ index: UInt32) -> GLSetting.Value {
    var words = GLSetting.Value()
    // A viewport is four floats.
    unsafe withUnsafeMutableBytes(of: &words) { bytes in
      unsafe getFloativ?(
        GLenum(GL_VIEWPORT), index, bytes.bindMemory(to: GLfloat.self).baseAddress)
    }
    return words
  }

  private var firstColorMask: GLSetting.Value {
    var words = GLSetting.Value()
    // A colour mask is four words.
    unsafe withUnsafeMutableBytes(of: &words) { bytes in
      unsafe getIntegeriv(
        GLenum(GL_COLOR_WRITEMASK), 0, bytes.bindMemory(to: GLint.self).baseAddress)
    }
    return words
  }

  private func scissorTests(_ count: UInt32) -> GLSetting.Value {
    var bits: UInt32 = 0
    for index in 0..<count where isEnabledi?(GLenum(GL_SCISSOR_TEST), index) == 1 {
      bits |= 1 << index
    }
    return [Int32(bitPattern: bits), 0, 0, 0]
  }

  private func setScissorTests(_ bits: UInt32, _ count: UInt32) {
    disable(GLenum(GL_SCISSOR_TEST))
    for index in 0..<count where bits & 1 << index != 0 {
      enablei?(GLenum(GL_SCISSOR_TEST), index)
    }
  }

  /// Core profiles may tell one mode for both faces.
  private var polygonModes: GLSetting.Value {
    var modes = integers(Name.polygonMode)
    if modes.y == 0 { modes.y = modes.x }
    return modes
  }

  private func setPolygonModes(_ front: UInt32, _ back: UInt32) {
    if front == back {
      polygonMode?(GLenum(GL_FRONT_AND_BACK), front)
    } else {
      polygonMode?(GLenum(GL_FRONT), front)
      polygonMode?(GLenum(GL_BACK), back)
    }
  }

  private func bool(_ word: Int32) -> GLboolean { GLboolean(word == 0 ? 0 : 1) }

  /// What the headers of OpenGL ES do not know.
  private enum Name {
    static let polygonMode: GLenum = 0x0B40
    static let clipOrigin: GLenum = 0x935C
    static let clipDepth: GLenum = 0x935D
  }
}

extension SIMD4<Float> {
  fileprivate init(bits: SIMD4<Int32>) {
    self.init(
      Float(bitPattern: UInt32(bitPattern: bits.x)), Float(bitPattern: UInt32(bitPattern: bits.y)),
      Float(bitPattern: UInt32(bitPattern: bits.z)), Float(bitPattern: UInt32(bitPattern: bits.w)))
  }
}
