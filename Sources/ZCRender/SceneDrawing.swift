import ZCContext
import ZCCore
import ZCGL
import ZCISF

/// What a scene keeps between frames: program, buffers, clock.
struct SceneDrawing: ~Copyable {
  let program: SceneProgram
  /// One for each of the description's targets; nil until first drawn.
  var targets: [PassTarget?]
  var clock = FrameClock()
  /// The output of `render_into`, kept for the next frame of the same size.
  var scratch: Texture?

  init(program: consuming SceneProgram, targets: [PassTarget?]) {
    self.program = program
    self.targets = targets
  }
}
