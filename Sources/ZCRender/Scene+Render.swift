package import ZCContext
package import ZCCore
import ZCISF

extension Scene {
  /// Floats where the last pass asks for them.
  package var outputFormat: PixelFormat {
    description.passes.last?.isFloat ?? false ? .rgba32Float : .rgba8
  }

  /// Draws one frame and hands it out. A failure leaves the scene as it was.
  package func render(_ request: RenderRequest) throws(ZCError) -> Frame {
    let job = try plan(request)
    let texture = try perform(job) { (drawing, current) throws(ZCError) -> Texture in
      let texture = try context.makeTexture(
        job.output, outputFormat, from: job.request.pool, current)
      try draw(job, into: texture.record, &drawing, current)
      return texture
    }
    return Frame(texture, in: context)
  }

  /// Draws one frame and reads it to the caller's memory, in that memory's element type.
  package func render(_ request: RenderRequest, into destination: Destination) throws(ZCError) {
    let job = try plan(request)
    guard job.output == destination.extent else {
      giveBackEvents(job.taken)
      throw .badBuffer("the buffer's size is not the frame's")
    }
    try perform(job) { (drawing, current) throws(ZCError) in
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
  private func perform<R: ~Copyable & Sendable>(
    _ job: FrameJob, _ body: (inout SceneDrawing, borrowing Current) throws(ZCError) -> R
  ) throws(ZCError) -> R {
    var isDone = false
    defer { if !isDone { giveBackEvents(job.taken) } }
    let result = try context.withCurrent { (current) throws(ZCError) -> R in
      try drawing.withLock { (drawing) throws(ZCError) -> R in
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
          let fresh = try SceneDrawing(parsed, in: context, current)
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
    isDone = true
    return result
  }
}
