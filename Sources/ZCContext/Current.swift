package import ZCCore
package import ZCGL

/// Proof that a context is current on this thread, and that it is this thread's turn.
/// Only ``GPUContext/withCurrent(_:)`` makes one.
package struct Current: ~Copyable {
  package let generation: Generation
  package let gl: any GLDriver

  init(generation: Generation, gl: any GLDriver) {
    self.generation = generation
    self.gl = gl
  }

  /// Throws what GL reported since the last look.
  package func check(_ operation: String) throws(ZCError) {
    let code = gl.takeError()
    guard code != 0 else { return }
    while gl.takeError() != 0 {}
    if code == 0x0505 {
      throw .outOfMemory("\(operation): the GPU is out of memory")
    }
    throw .gl(operation: operation, code: code)
  }
}
