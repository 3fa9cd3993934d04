import ZCContext
import ZCCore
import ZCGL
package import ZCISF

extension Scene {
  /// What the sounds that the shader looks at have to show in this frame. It comes before anything is
  /// bound: an upload binds its texture.
  func showAudio(
    _ job: FrameJob, _ drawing: borrowing SceneDrawing, _ current: borrowing Current
  ) throws(ZCError) {
    for (index, unit) in drawing.program.imageUnits.enumerated() where unit != nil {
      guard case .audio(let audio)? = job.values[safe: index] else { continue }
      try drawing.audio[safe: index]??.show(audio, at: job.request.time, in: context, current)
    }
  }

  func bindAudio(_ drawing: borrowing SceneDrawing, _ current: borrowing Current) {
    for (unit, audio) in zip(drawing.program.imageUnits, drawing.audio) {
      if let unit, let name = audio?.name { current.gl.bindTexture(name, unit: unit) }
    }
  }
}

extension InputDescription {
  /// It shows a sound.
  package var takesAudio: Bool {
    switch kind {
    case .audio, .audioFFT: true
    default: false
    }
  }
}
