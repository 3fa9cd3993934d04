import ZCContext
import ZCCore
import ZCGL
import ZCISF

extension Scene {
  /// Draws all passes of one frame; the last one's picture goes to `output`.
  func draw(
    _ job: FrameJob, into output: TextureRecord, _ drawing: inout SceneDrawing,
    _ current: borrowing Current
  ) throws(ZCError) {
    let gl = current.gl
    drawing.targets = try sizedTargets(job, drawing.targets, current)
    let tick = try drawing.clock.tick(job.request)
    try showAudio(job, drawing, current)
    try bindImages(job, drawing.program, current)
    // Only now: a frame of another's memory is drawn by a program of its own.
    gl.useProgram(drawing.program.program.name)
    drawing.program.set(tick, gl)
    drawing.program.set(job.values, gl)
    bindAudio(drawing, current)
    let passes = job.edition.description.passes
    for (index, pass) in passes.enumerated() {
      let target = pass.target.flatMap { job.edition.targetIndices[$0] }
        .flatMap { drawing.targets[safe: $0] }
      for (slot, unit) in drawing.program.targetUnits.enumerated() {
        guard let unit, let read = drawing.targets[safe: slot] ?? nil else { continue }
        gl.bindTexture(read.readable, unit: unit)
      }
      let surface = (target ?? nil)?.drawable ?? output
      drawing.program.setPass(Int32(truncatingIfNeeded: index), surface.extent, gl)
      gl.bindFramebuffer(surface.framebuffer, surface.extent)
      if drawing.translation.mayLeavePixels { gl.clearFramebuffer() }
      current.record(.draw, surface)
      gl.draw(vertexCount: drawing.translation.usesQuad ? 4 : 3)
      guard let target, let target else { continue }
      target.showDrawn()
      if index == passes.count - 1 {
        gl.blitFramebuffer(
          from: target.readableRecord.framebuffer, target.extent, to: output.framebuffer,
          output.extent, flipped: false)
      }
    }
    try current.check("drawing a frame")
  }

  /// The buffers that this frame needs, each at its size and format. Those that fit are kept; a
  /// persistent one that does not passes its picture on. Nothing is changed when one fails.
  private func sizedTargets(
    _ job: FrameJob, _ old: [PassTarget?], _ current: borrowing Current
  ) throws(ZCError) -> [PassTarget?] {
    var fresh = old
    for (index, use) in job.edition.targetUses.enumerated() {
      guard let extent = job.plan.extents[safe: use.pass] else { continue }
      let kept = old[safe: index] ?? nil
      let format: PixelFormat = use.isFloat ? .rgba32Float : .rgba8
      if let kept, kept.extent == extent, kept.format == format { continue }
      let target = try PassTarget(extent, format, in: context, current)
      if use.isPersistent, let kept { target.fill(from: kept, current) }
      fresh[index] = target
    }
    for (index, use) in job.edition.targetUses.enumerated() where !use.isPersistent {
      fresh[index]?.beginFrame(current)
    }
    return fresh
  }

  private func bindImages(
    _ job: FrameJob, _ program: borrowing SceneProgram, _ current: borrowing Current
  ) throws(ZCError) {
    var shown: [(texture: TextureRecord, unit: Int32)] = []
    for (index, unit) in program.imageUnits.enumerated() {
      guard let unit, case .image(let frame)? = job.values[safe: index] else { continue }
      if let frame {
        guard frame.generation.isUsable(in: current.generation) else {
          throw .staleGeneration(held: frame.generation, current: current.generation)
        }
        try frame.lendToGPU(current)
        shown.append((try frame.sampled(current), unit))
      } else {
        let isCube = job.edition.description.inputs[safe: index]?.kind == .cube
        shown.append((try context.blank(isCube: isCube, current), unit))
      }
    }
    for (index, unit) in program.importUnits.enumerated() {
      guard let unit else { continue }
      let frame = try job.edition.importedFrame(index, current)
      try frame.lendToGPU(current)
      shown.append((frame.record, unit))
    }
    // They come last: making a texture binds it, where another may be bound already.
    for (texture, unit) in shown {
      if texture.isCube {
        current.gl.bindCube(texture.name, unit: unit)
      } else {
        current.gl.bindTexture(texture.name, unit: unit)
      }
    }
  }
}

extension InputDescription.Kind {
  /// What is bound to a texture unit, and is no uniform's value.
  var isImage: Bool {
    switch self {
    case .image, .cube: true
    default: false
    }
  }
}

extension SceneProgram {
  func set(_ tick: FrameClock.Tick, _ gl: any GLDriver) {
    put(time, .float(Float(tick.time)), gl)
    put(timeDelta, .float(Float(tick.timeDelta)), gl)
    put(frameIndex, .int(tick.frameIndex), gl)
    guard self.date >= 0 else { return }
    let date = tick.date ?? FrameClock.now()
    put(self.date, .vec4(Float(date.x), Float(date.y), Float(date.z), Float(date.w)), gl)
  }

  func set(_ values: [InputValue], _ gl: any GLDriver) {
    for (location, value) in zip(inputs, values) {
      guard let uniform = value.uniform else { continue }
      put(location, uniform, gl)
    }
  }

  func setPass(_ index: Int32, _ extent: Extent, _ gl: any GLDriver) {
    put(passIndex, .int(index), gl)
    put(renderSize, .vec2(Float(extent.width), Float(extent.height)), gl)
  }

  private func put(_ location: Int32, _ value: UniformValue, _ gl: any GLDriver) {
    if location >= 0 { gl.setUniform(location, value) }
  }
}

extension InputValue {
  /// nil for images and sounds, which are bound instead.
  fileprivate var uniform: UniformValue? {
    switch self {
    case .event(let value), .bool(let value): .int(value ? 1 : 0)
    case .long(let value): .int(value)
    case .float(let value): .float(Float(value))
    case .point2D(let x, let y): .vec2(Float(x), Float(y))
    case .point3D(let x, let y, let z): .vec3(Float(x), Float(y), Float(z))
    case .color(let r, let g, let b, let a): .vec4(Float(r), Float(g), Float(b), Float(a))
    case .image, .moving, .audio: nil
    }
  }
}
