package import ZCCore
import ZCGL

/// A program of our own: its text, and the uniforms that it is told.
package struct ProgramText: Hashable, Sendable {
  /// What it does, for a message: "converting a picture".
  package let purpose: String
  package let vertex: String
  package let fragment: String
  package let uniforms: [String]

  package init(purpose: String, vertex: String, fragment: String, uniforms: [String]) {
    self.purpose = purpose
    self.vertex = vertex
    self.fragment = fragment
    self.uniforms = uniforms
  }
}

/// A program that a context builds on first use and keeps as long as its generation lives.
package struct FixedProgram: Sendable {
  package let name: UInt32
  /// In the order of the text's; -1 where the driver has dropped one.
  package let uniforms: [Int32]
}

extension GPUContext {
  /// A program of ours, built on first use.
  package func program(_ text: ProgramText, _ current: borrowing Current) throws(ZCError)
    -> FixedProgram
  {
    if let known = life.programs.value[text] { return known }
    let gl = current.gl
    switch gl.buildProgram(vertex: text.vertex, fragment: text.fragment) {
    case .built(let name):
      let program = FixedProgram(
        name: name, uniforms: text.uniforms.map { gl.uniformLocation(name, $0) })
      life.programs.value[text] = program
      return program
    case .vertexRefused(let log), .fragmentRefused(let log), .linkRefused(let log):
      throw current.refusal(
        .gl(operation: "\(text.purpose) (the driver refuses the shader: \(log))", code: 0x0502))
    }
  }
}
