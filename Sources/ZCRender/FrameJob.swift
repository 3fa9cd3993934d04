import ZCContext
import ZCCore
import ZCGL
import ZCISF

/// One frame, planned: everything that can be refused has been, before the GPU is asked.
struct FrameJob: Sendable {
  let request: RenderRequest
  /// What the frame was planned for; another edition needs another plan.
  let edition: Edition
  let output: Extent
  let values: [InputValue]
  /// What the scene held before its events were taken out.
  let taken: [InputValue]
  let plan: PassPlan
}

extension Scene {
  /// Takes the inputs' values, with the call's own on top, and sizes the passes.
  /// Events are taken out: they are true for this frame alone.
  func plan(_ request: RenderRequest) throws(ZCError) -> FrameJob {
    try context.checkProcess()
    if let pool = request.pool, pool.context !== context {
      throw .wrongContext("this pool is another context's; take one of scene.context.pool()")
    }
    let limit = context.maxTextureSize
    let output = try Extent(width: request.width, height: request.height, limit: limit)
    while true {
      let edition = edition
      let own = try accept(request.inputs, by: edition)
      // Not where the scene was reloaded meanwhile: then the new edition is asked.
      guard let taken = takeValues(of: edition) else { continue }
      var values = taken
      for (index, value) in own { values[index] = value }
      let known = values
      let plan = Result { () throws(ZCError) in
        values = try shown(known, at: request.time, of: edition)
        return try PassPlan(
          edition.description.passes + edition.description.undrawn, output: output, limit: limit
        ) { name in
          edition.index(named: name).flatMap { known[safe: $0]?.number }
        }
      }
      if case .failure = plan { giveBackEvents(taken, of: edition) }
      return FrameJob(
        request: request, edition: edition, output: output, values: values, taken: taken,
        plan: try plan.get())
    }
  }

  /// The values, with what moving pictures show at a time in their place.
  private func shown(
    _ values: [InputValue], at time: Double, of edition: Edition
  ) throws(ZCError) -> [InputValue] {
    var shown = values
    for (index, value) in values.enumerated() {
      guard case .moving(let picture) = value else { continue }
      do throws(ZCError) {
        shown[index] = .image(try picture.frame(at: time, in: context))
      } catch {
        let name = edition.slots[safe: index]?.declaration.name ?? ""
        throw error.ofInput(name)
      }
    }
    return shown
  }

  private func takeValues(of edition: Edition) -> [InputValue]? {
    values.withLock { $0.edition === edition ? $0.take() : nil }
  }

  /// The frame failed: its events are still to come.
  func giveBackEvents(_ taken: [InputValue], of edition: Edition) {
    guard !edition.events.isEmpty else { return }
    values.withLock { $0.giveBackEvents(taken, of: edition) }
  }
}

extension ZCError {
  /// The same, and which input it was of.
  fileprivate func ofInput(_ name: String) -> ZCError {
    switch self {
    case .closed(let text): .closed("input '\(name)': \(text)")
    case .media(let text): .media("input '\(name)': \(text)")
    case .poolExhausted(let text): .poolExhausted("input '\(name)': \(text)")
    default: self
    }
  }
}

extension InputValue {
  /// The value as a size expression sees it; nil where it is no single number.
  fileprivate var number: Double? {
    switch self {
    case .event(let value), .bool(let value): value ? 1 : 0
    case .long(let value): Double(value)
    case .float(let value): value
    case .point2D, .point3D, .color, .image, .moving, .audio: nil
    }
  }
}
