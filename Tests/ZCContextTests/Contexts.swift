import Glibc
import Testing
import ZCCore
import ZCGL
import ZCTestSupport

@testable import ZCContext

/// A size that a test knows to fit.
func extent(_ width: Int64, _ height: Int64) throws -> Extent {
  try Extent(width: width, height: height, limit: 32768)
}

extension GPUContext {
  /// A turn in which nothing is done.
  func turnOnce() throws(ZCError) { try withCurrent { (_) throws(ZCError) in } }

  /// A frame of this size, cleared.
  func frame(_ extent: Extent, _ format: PixelFormat = .rgba8) throws(ZCError) -> Frame {
    let texture = try withCurrent { (current) throws(ZCError) -> Texture in
      let texture = try makeTexture(extent, format, current)
      current.gl.bindFramebuffer(texture.record.framebuffer, extent)
      current.gl.clearFramebuffer()
      return texture
    }
    return Frame(texture, in: self)
  }
}

/// Runs `body` with the address of some bytes.
func withAddress<R>(of bytes: [UInt8], _ body: (UnsafeRawPointer) throws -> R) throws -> R {
  try unsafe bytes.withUnsafeBytes { buffer in
    guard let start = buffer.baseAddress else { throw ZCError.badBuffer("no bytes") }
    return try unsafe body(start)
  }
}

extension Turn {
  /// How many threads wait for this turn.
  var waitingCount: Int {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    return queue.count
  }
}
