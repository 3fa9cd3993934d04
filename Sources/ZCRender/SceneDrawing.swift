import ZCContext
import ZCCore
import ZCGL
import ZCISF

/// What a scene keeps between frames: program, buffers, clock.
struct SceneDrawing: ~Copyable {
  /// What is drawn.
  let edition: Edition
  /// For the dialect of the generation that `program` is of.
  let translation: Translation
  let program: SceneProgram
  /// One for each of the description's targets; nil until first drawn.
  var targets: [PassTarget?]
  /// One for each input; nil for those that are no audio.
  let audio: [AudioTexture?]
  var clock = FrameClock()
  /// The output of `render_into`, kept for the next frame of the same size.
  var scratch: Texture?
  /// The last frame failed, and that has been told.
  var isFailing = false

  /// Translates and compiles for the context as it is now; buffers start anew.
  init(
    _ edition: Edition, in context: GPUContext, _ current: borrowing Current
  ) throws(ZCError) {
    try StackRoom.check()
    try edition.parsed.checkSamplers(limit: Int(current.gl.capabilities.maxTextureUnits))
    let translation = try Translation(edition.parsed, dialect: Dialect(current.gl.capabilities))
    program = try SceneProgram(translation, edition.description, in: context, current)
    self.edition = edition
    self.translation = translation
    targets = edition.targetUses.map { _ in nil }
    audio = edition.description.inputs.map { AudioTexture($0, limit: context.maxTextureSize) }
  }

  var generation: Generation { program.program.generation }
}
