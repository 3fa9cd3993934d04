import ZCContext
import ZCCore
import ZCGL
import ZCTestSupport

@testable import ZCVideo

/// Tests with a renderer in a host's context, which is current on their thread.
class HostedTests {
  let gl = RecordingGL(isBorrowed: true)
  let context: GPUContext
  let renderer: Renderer

  init(width: Int64, height: Int64) throws {
    context = GPUContext(recording: gl)
    renderer = try Renderer(context)
    gl.bindAsHost()
    gl.bindHostFramebuffer(try Extent(width: width, height: height, limit: 64))
  }

  deinit { ThreadBindings.bind(.none) }
}
