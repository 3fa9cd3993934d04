package import ZCCore
package import ZCGL

/// Proof that a context is current on this thread, and that it is this thread's turn.
/// Only ``GPUContext/withCurrent(_:)`` makes one.
package struct Current: ~Copyable {
  package let generation: Generation
  package let gl: any GLDriver
  /// The context's ``GPUContext/serial``.
  package let context: UInt64

  init(generation: Generation, gl: any GLDriver, of context: UInt64) {
    self.context = context
    self.generation = generation
    self.gl = gl
  }

  /// Tells whoever listens what is about to happen to a texture.
  package func record(_ event: FlightEvent, _ texture: TextureRecord) {
    Flight.record(event, texture.subject(in: context, generation))
  }

  /// Throws what GL reported since the last look.
  package func check(_ operation: String) throws(ZCError) {
    guard Guards.keep(.errors) else { return }
    let code = takeErrors()
    if code != 0 { throw failure(operation, code) }
  }

  /// What an error of GL's means for an operation.
  func failure(_ operation: String, _ code: UInt32) -> ZCError {
    switch code {
    case Code.outOfMemory: .outOfMemory("\(operation): the GPU is out of memory")
    case Code.contextLost:
      .contextLost(gl.lossReason() ?? "\(operation): the driver says no more")
    default: .gl(operation: operation, code: code)
    }
  }

  /// Why the driver refused something: that it has given the context up, or else `otherwise`.
  package func refusal(_ otherwise: ZCError) -> ZCError {
    gl.lossReason().map { .contextLost($0) } ?? otherwise
  }

  /// Takes every error that is pending.
  /// - Returns: the first, 0 if there was none.
  func takeErrors() -> UInt32 {
    let first = gl.takeError()
    var code = first
    // A driver may say for ever that its context is lost.
    while code != 0, code != Code.contextLost { code = gl.takeError() }
    return first
  }

  /// What `glGetError` returns.
  private enum Code {
    static let outOfMemory: UInt32 = 0x0505
    static let contextLost: UInt32 = 0x0507
  }
}
