package import ZCGL

/// One call that a ``RecordingGL`` remembers. Textures stand for the framebuffers that draw into
/// them.
package enum GLCall: Hashable, Sendable {
  case makeCurrent
  case rebind(ThreadBinding)
  case destroyContext
  case saveHostState
  case restoreHostState
  case createTexture(UInt32)
  case deleteTexture(UInt32)
  case upload(UInt32)
  case bindTexture(UInt32, unit: Int32)
  case createFramebuffer(UInt32, drawingInto: UInt32)
  case deleteFramebuffer(UInt32)
  case clear(UInt32)
  case blit(from: UInt32, to: UInt32, flipped: Bool)
  case buildProgram(UInt32)
  case deleteProgram(UInt32)
  case draw(UInt32)
  case read(UInt32, topFirst: Bool)
  case insertFence(UInt)
  case waitForFence(UInt)
  case deleteFence(UInt)

  /// The call gives a name back.
  package var isDeletion: Bool {
    switch self {
    case .deleteTexture, .deleteFramebuffer, .deleteProgram, .deleteFence: true
    default: false
    }
  }
}
