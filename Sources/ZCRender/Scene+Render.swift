package import ZCContext
package import ZCCore
import ZCISF

extension Scene {
  /// Draws one frame and hands it out. A failure leaves the scene as it was.
  package func render(_ request: RenderRequest) throws(ZCError) -> Frame {
    while true {
      let job = try plan(request)
      let texture = try perform(job) { (drawing, current) throws(ZCError) -> Texture in
        let texture = try context.makeTexture(
          job.output, job.edition.outputFormat, from: job.request.pool, current)
        try draw(job, into: texture.record, &drawing, current)
        return texture
      }
      if let texture { return Frame(texture, in: context) }
    }
  }

  /// Draws one frame and reads it to the caller's memory, in that memory's element type.
  package func render(_ request: RenderRequest, into destination: Destination) throws(ZCError) {
    while true {
      let job = try plan(request)
      guard job.output == destination.extent else {
        giveBackEvents(job.taken, of: job.edition)
        throw .badBuffer("the buffer's size is not the frame's")
      }
      let done: Void? = try perform(job) { (drawing, current) throws(ZCError) in
        if drawing.scratch?.record.extent != job.output
          || drawing.scratch?.record.format != destination.format
        {
          drawing.scratch = nil
          drawing.scratch = try context.makeTexture(
            job.output, destination.format, for: .scratch, current)
        }
        guard let record = drawing.scratch?.record else { return }
        try draw(job, into: record, &drawing, current)
        try context.read(record, into: destination, current)
      }
      if done != nil { return }
    }
  }

  /// Persistent buffers back to transparent black, the clock and frame index to the start.
  package func reset() throws(ZCError) {
    try context.withCurrent { (current) throws(ZCError) in
      drawing.withLock { drawing in
        drawing.clock = FrameClock()
        guard drawing.generation.isUsable(in: current.generation) else { return }
        for case let target? in drawing.targets { target.clear(current) }
      }
    }
  }

  /// Runs one frame's work in the context's turn. On failure clock and events are as they were.
  /// nil where the scene was reloaded since the frame was planned: nothing has been done.
  func perform<R: ~Copyable & Sendable>(
    _ job: FrameJob, _ body: (inout SceneDrawing, borrowing Current) throws(ZCError) -> R
  ) throws(ZCError) -> R? {
    var isDone = false
    defer { if !isDone { giveBackEvents(job.taken, of: job.edition) } }
    try StackRoom.check()
    let result = try context.withCurrent { (current) throws(ZCError) -> R? in
      try drawing.withLock { (drawing) throws(ZCError) -> R? in
        guard drawing.edition === job.edition else { return nil }
        let clock = drawing.clock
        var isDrawn = false
        defer {
          if !isDrawn {
            drawing.clock = clock
            tellFailure(job, &drawing, current)
          }
        }
        if !drawing.generation.isUsable(in: current.generation) {
          // The generation that this scene was compiled in has ended: it starts anew in this one.
          let fresh = try SceneDrawing(job.edition, in: context, current)
          tellAnew(drawing, current)
          drawing = fresh
          drawing.clock = clock
        }
        let result = try body(&drawing, current)
        isDrawn = true
        drawing.isFailing = false
        return result
      }
    }
    isDone = result != nil
    return result
  }
}

extension Edition {
  /// Floats where the last pass asks for them.
  fileprivate var outputFormat: PixelFormat {
    description.passes.last?.isFloat ?? false ? .rgba32Float : .rgba8
  }
}
