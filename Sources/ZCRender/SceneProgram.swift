import ZCContext
import ZCCore
import ZCGL
import ZCISF

/// A scene's compiled program and where its uniforms are.
struct SceneProgram: ~Copyable {
  let program: Program
  let passIndex: Int32
  let renderSize: Int32
  let time: Int32
  let timeDelta: Int32
  let date: Int32
  let frameIndex: Int32
  /// One for each input; -1 where the shader does not use it. Textures have units instead.
  let inputs: [Int32]
  /// Texture units of the image and audio inputs, the imports and then the targets; nil where the
  /// shader does not look.
  let imageUnits: [Int32?]
  let importUnits: [Int32?]
  let targetUnits: [Int32?]
  /// How many texture units the program uses, the first ones.
  let unitCount: Int32

  /// Compiles and links; on failure nothing is left behind.
  init(
    _ translation: Translation, _ description: ShaderDescription, in context: GPUContext,
    _ current: borrowing Current
  ) throws(ZCError) {
    let gl = current.gl
    let name = try Self.build(translation, current)
    let owned = Program(adopting: name, in: context, current)
    gl.useProgram(name)
    var nextUnit: Int32 = 0
    func unit(_ input: String) -> Int32? {
      let location = gl.uniformLocation(name, translation.uniformName(of: input))
      guard location >= 0 else { return nil }
      gl.setUniform(location, .int(nextUnit))
      defer { nextUnit += 1 }
      return nextUnit
    }
    let imageUnits = description.inputs.map {
      $0.kind.isImage || $0.takesAudio ? unit($0.name) : nil
    }
    let importUnits = description.imports.map { unit($0.name) }
    let targetUnits = description.targets.map { unit($0) }
    try current.check("preparing a shader's uniforms")
    program = owned
    passIndex = gl.uniformLocation(name, "PASSINDEX")
    renderSize = gl.uniformLocation(name, "RENDERSIZE")
    time = gl.uniformLocation(name, "TIME")
    timeDelta = gl.uniformLocation(name, "TIMEDELTA")
    date = gl.uniformLocation(name, "DATE")
    frameIndex = gl.uniformLocation(name, "FRAMEINDEX")
    inputs = description.inputs.map {
      $0.kind.isImage || $0.takesAudio
        ? -1 : gl.uniformLocation(name, translation.uniformName(of: $0.name))
    }
    self.imageUnits = imageUnits
    self.importUnits = importUnits
    self.targetUnits = targetUnits
    unitCount = nextUnit
  }

  private static func build(_ translation: Translation, _ current: borrowing Current)
    throws(ZCError) -> UInt32
  {
    func refused(_ log: String, _ stage: Translation.Stage, _ source: String) -> ZCError {
      current.refusal(
        .shader(issues: translation.issues(inLog: log, stage: stage), log: log, generated: source))
    }
    Flight.record(
      .compile,
      FlightSubject(
        context: current.context, current.generation, bytes: translation.fragment.utf8.count))
    let outcome = current.gl.buildProgram(
      vertex: translation.vertex, fragment: translation.fragment)
    switch outcome {
    case .built(let name): return name
    case .vertexRefused(let log): throw refused(log, .vertex, translation.vertex)
    case .fragmentRefused(let log): throw refused(log, .fragment, translation.fragment)
    case .linkRefused(let log): throw refused(log, .program, translation.fragment)
    }
  }
}
