import ZCContext
import ZCCore
import ZCGL
import ZCISF

extension Edition {
  fileprivate var words: String {
    let name = description.name
    return name.isEmpty ? "a scene" : "the scene '\(name)'"
  }
}

extension Scene {
  /// The generation that the scene was compiled in has ended: what its persistent buffers held is
  /// gone.
  func tellAnew(_ old: borrowing SceneDrawing, _ current: borrowing Current) {
    let drawn = old.targets
    let lost = old.edition.targetUses.enumerated().filter { index, use in
      use.isPersistent && drawn[safe: index]?.map { $0 } != nil
    }
    guard !lost.isEmpty else { return }
    let names = lost.map { "'\($1.name)'" }.joined(separator: ", ")
    Log.warn(
      "\(old.edition.words): its persistent content starts anew (\(names)): it was drawn in generation "
        + "\(old.generation.rawValue) of context \(current.context), which is in generation "
        + "\(current.generation.rawValue)")
  }

  /// A frame has failed: the first one after frames that did not is told, with what GL had. Of a lost
  /// context GL has nothing to tell that the exception does not.
  func tellFailure(
    _ job: FrameJob, _ drawing: inout SceneDrawing, _ current: borrowing Current
  ) {
    guard !drawing.isFailing, current.gl.lossReason() == nil else { return }
    drawing.isFailing = true
    let buffers = zip(job.edition.targetUses, drawing.targets).map { use, target in
      let names = target.map { "textures \($0.readable) and \($0.drawable.name)" } ?? "not made"
      return "buffer '\(use.name)': \(names)"
    }
    let images = zip(job.edition.description.inputs, job.values).compactMap {
      input, value -> String? in
      guard case .image(let frame?) = value else { return nil }
      return "image '\(input.name)': texture \(frame.record.name) of generation "
        + "\(frame.generation.rawValue)"
    }
    let own = "program \(drawing.program.program.name) of generation \(drawing.generation.rawValue)"
    let units = drawing.program.unitCount
    let facts = [own] + buffers + images + [current.gl.bindings(units: units).words]
    Log.warn(
      "\(job.edition.words) fails to draw \(job.output.width) x \(job.output.height) in generation "
        + "\(current.generation.rawValue) of context \(current.context); the exception says why, and "
        + "until a frame is drawn again no more is told. \(facts.joined(separator: "; "))")
  }
}
