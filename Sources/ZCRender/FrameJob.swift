import ZCContext
import ZCCore
import ZCGL
import ZCISF

/// One frame, planned: everything that can be refused has been, before the GPU is asked.
struct FrameJob: Sendable {
  let request: RenderRequest
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
    var own: [(index: Int, value: InputValue)] = []
    for (index, offered) in request.inputs {
      own.append((index, try input(index).accept(offered, in: context)))
    }
    let taken = takeValues()
    var values = taken
    for (index, value) in own { values[index] = value }
    let known = values
    let plan = Result { () throws(ZCError) in
      try PassPlan(
        description.passes + description.undrawn, output: output, limit: limit
      ) { name in
        index(named: name).flatMap { known[safe: $0]?.number }
      }
    }
    if case .failure = plan { giveBackEvents(taken) }
    return FrameJob(
      request: request, output: output, values: values, taken: taken, plan: try plan.get())
  }

  private func takeValues() -> [InputValue] {
    guard !events.isEmpty else { return values.withLock { $0 } }
    return values.withLock { values in
      let taken = values
      for index in events { values[index] = .event(false) }
      return taken
    }
  }

  /// The frame failed: its events are still to come.
  func giveBackEvents(_ taken: [InputValue]) {
    guard !events.isEmpty else { return }
    values.withLock { values in
      for index in events {
        if case .event(true)? = taken[safe: index] { values[index] = .event(true) }
      }
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
    case .point2D, .point3D, .color, .image, .audio: nil
    }
  }
}
