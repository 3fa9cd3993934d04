package import ZCGL

extension RecordingGL {
  package func buildProgram(vertex: String, fragment: String) -> ProgramOutcome {
    call("buildProgram") { state in
      switch state.refusal {
      case .vertex(let log): return .vertexRefused(log: log)
      case .fragment(let log): return .fragmentRefused(log: log)
      case .link(let log): return .linkRefused(log: log)
      case nil: break
      }
      let name = state.newName()
      state.calls.append(.buildProgram(name))
      state.programs[name] = RecordedState.Linked(uniforms: Self.uniforms(of: vertex + fragment))
      return .built(name)
    }
  }

  package func deleteProgram(_ name: UInt32) {
    call("deleteProgram") { state in
      state.calls.append(.deleteProgram(name))
      if state.programs.removeValue(forKey: name) == nil {
        state.object(state.deletionMistake("program", name))
      }
      if state.program == name { state.program = 0 }
    }
  }

  package func useProgram(_ name: UInt32) {
    call("useProgram") { state in
      if state.programs[name] == nil { state.object("program \(name) does not live") }
      state.program = name
    }
  }

  package func uniformLocation(_ program: UInt32, _ name: String) -> Int32 {
    call("uniformLocation") { state in
      guard let linked = state.programs[program] else {
        state.object("program \(program) was asked for a uniform and does not live")
        return -1
      }
      guard !state.unusedUniforms.contains(name),
        let index = linked.uniforms.firstIndex(where: { $0.name == name })
      else { return -1 }
      return Int32(index)
    }
  }

  package func setUniform(_ location: Int32, _ value: UniformValue) {
    call("setUniform") { state in
      guard let linked = state.programs[state.program],
        linked.uniforms.indices.contains(Int(location))
      else {
        state.object("a uniform was set at \(location), where the program has none")
        return
      }
      let (type, name) = linked.uniforms[Int(location)]
      if !value.fits(type) { state.object("uniform \(type) \(name) was set to \(value)") }
      state.programs[state.program]?.values[location] = value
    }
  }

  package func draw(vertexCount: Int32) {
    call("draw") { state in
      guard let program = state.programs[state.program] else {
        state.object("draw without a program")
        return
      }
      guard let target = state.framebuffers[state.framebuffer],
        let extent = state.textures[target]?.extent
      else {
        state.object("draw without a framebuffer")
        return
      }
      if state.viewport != extent { state.object("draw over another size than the target's") }
      var draw = Draw()
      draw.number = state.draws.count + 1
      draw.program = state.program
      draw.target = target
      draw.extent = extent
      draw.vertexCount = vertexCount
      state.sample(program, into: &draw)
      state.draws.append(draw)
      if let error = state.drawError { state.fail(error) }
      state.calls.append(.draw(target))
      state.textures[target]?.picture = .draw(draw.number)
    }
  }

  private static func uniforms(of text: String) -> [(type: String, name: String)] {
    var seen: Set<String> = []
    return text.split(separator: "\n").compactMap { line in
      let words = line.split(whereSeparator: { " ;".contains($0) })
      guard words.count == 3, words[0] == "uniform", seen.insert(String(words[2])).inserted
      else { return nil }
      return (String(words[1]), String(words[2]))
    }
  }
}

extension RecordedState {
  fileprivate mutating func fail(_ error: UInt32) {
    guard drawsBeforeError == 0 else {
      drawsBeforeError -= 1
      return
    }
    pendingErrors.append(error)
    drawError = nil
  }

  private func bound(to sampler: String) -> [Int32: UInt32] {
    switch sampler {
    case "samplerCube": cubeUnits
    case "samplerExternalOES": externalUnits
    default: units
    }
  }

  /// Notes what a draw's uniforms were and what its samplers read.
  fileprivate mutating func sample(_ program: Linked, into draw: inout Draw) {
    for (location, uniform) in program.uniforms.enumerated() {
      guard !unusedUniforms.contains(uniform.name) else { continue }
      let value = program.values[Int32(location)]
      guard uniform.type.hasPrefix("sampler") else {
        draw.uniforms[uniform.name] = value
        continue
      }
      guard case .int(let unit) = value,
        let texture = bound(to: uniform.type)[unit],
        let surface = textures[texture]
      else {
        object("sampler \(uniform.name) reads no texture")
        continue
      }
      if texture == draw.target {
        object("sampler \(uniform.name) reads texture \(texture), which is being drawn into")
      }
      if surface.picture == .undefined || surface.picture.faces?.contains(.undefined) == true {
        object("sampler \(uniform.name) reads texture \(texture), which was never written")
      }
      draw.samples[uniform.name] = surface.picture
      draw.sampled[uniform.name] = texture
    }
  }
}

extension UniformValue {
  fileprivate func fits(_ type: String) -> Bool {
    switch self {
    case .int: ["int", "bool", "sampler2D", "samplerCube", "samplerExternalOES"].contains(type)
    case .float: type == "float"
    case .vec2: type == "vec2"
    case .vec3: type == "vec3"
    case .vec4: type == "vec4"
    }
  }
}
