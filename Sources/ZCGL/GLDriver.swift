package import ZCCore

/// One context's driver: the calls that zcgpu makes, with plain Swift types.
///
/// ``EGLDriver`` is the real one; the tests' `RecordingGL` objects to misuse. What follows
/// `takeError` wants the context current on this thread.
package protocol GLDriver: Sendable {
  var capabilities: Capabilities { get }

  /// Whether this context is the thread's current one.
  var isCurrent: Bool { get }
  /// What the thread has current. The corresponding C function is `eglGetCurrentContext`.
  func currentBinding() -> ThreadBinding
  /// The corresponding C function is `eglMakeCurrent`.
  func makeCurrent() throws(ZCError)
  /// Puts a binding back, or leaves nothing current.
  func rebind(_ binding: ThreadBinding)
  /// Waits until the GPU has done all that it was given, then ends the context with all its
  /// names. The corresponding C functions are `glFinish` and `eglDestroyContext`. In a borrowed
  /// context our names are given back instead.
  /// - Returns: false where a borrowed context lives and is not current here: it must wait.
  @discardableResult
  func destroyContext() -> Bool

  /// The context is a host's: it is never made current, nor destroyed, by us.
  var isBorrowed: Bool { get }
  /// What takes this driver's place where the host has replaced the context; nil while it
  /// stands, and for one of our own. Asks GL only once the host's context is known to be current.
  /// - Throws: `notCurrent` where a borrowed context is not current on this thread.
  func successor() throws(ZCError) -> (any GLDriver)?
  /// Keeps the state that a borrowed context is in, and sets what drawing relies on. Nothing for
  /// one of our own, whose state only changes here.
  func saveHostState() throws(ZCError)
  /// Puts back what ``saveHostState()`` kept.
  func restoreHostState()
  /// Takes the errors that the host of a borrowed context had left pending.
  func takeHostErrors() -> [UInt32]
  /// What drawing relies on, back to what it must be; in a borrowed context, to GL's initial
  /// values, which the host then finds.
  func resetState() throws(ZCError)

  /// The first pending error, 0 if none. The corresponding C function is `glGetError`.
  func takeError() -> UInt32
  /// Why the context is lost, nil while it lives.
  func lossReason() -> String?
  /// Whether what is current is still this driver's context: once another part of the program has
  /// terminated its display, another context may lie at its address.
  var isItself: Bool { get }
  /// What is bound now, with the textures of the first units. The corresponding C function is
  /// `glGetIntegerv`.
  func bindings(units: Int32) -> GLBindings

  func createTexture(_ extent: Extent, _ format: PixelFormat) -> UInt32
  func deleteTexture(_ name: UInt32)
  /// Replaces all pixels, from GL's first row on. Rows lie `rowLength` pixels apart; packed for 0.
  func uploadTexture(
    _ name: UInt32, _ extent: Extent, _ format: PixelFormat, rowLength: Int32,
    _ pixels: UnsafeRawBufferPointer)
  func bindTexture(_ name: UInt32, unit: Int32)

  /// A framebuffer that draws into `texture`; nil when the driver calls it incomplete.
  func createFramebuffer(drawingInto texture: UInt32) -> UInt32?
  func deleteFramebuffer(_ name: UInt32)

  /// A texture of six sides, each of this square extent. Deleted as any other.
  func createCube(_ extent: Extent, _ format: PixelFormat) -> UInt32
  func bindCube(_ name: UInt32, unit: Int32)
  /// A framebuffer that draws into the first side of `cube`; nil when the driver calls it
  /// incomplete.
  func createFramebuffer(drawingIntoCube cube: UInt32) -> UInt32?
  /// From now on a cube's framebuffer draws into this side, and reads it: 0 to 5, in GL's order
  /// (+x, -x, +y, -y, +z, -z).
  func drawIntoFace(_ face: Int32, of cube: UInt32, by framebuffer: UInt32)

  /// Draws go to `name`, over all of `extent`.
  func bindFramebuffer(_ name: UInt32, _ extent: Extent)
  /// What the host of a borrowed context draws into: asked before anything else is bound.
  func boundTarget() -> DrawTarget
  /// Draws go to a part of the host's framebuffer.
  func bindTarget(_ target: DrawTarget, _ part: Viewport)
  /// Transparent black over the bound framebuffer.
  func clearFramebuffer()
  /// Copies between framebuffers, scaled with linear filtering where the sizes differ.
  func blitFramebuffer(
    from source: UInt32, _ sourceExtent: Extent, to target: UInt32, _ targetExtent: Extent,
    flipped: Bool)

  /// Compiles and links.
  func buildProgram(vertex: String, fragment: String) -> ProgramOutcome
  func deleteProgram(_ name: UInt32)
  func useProgram(_ name: UInt32)
  /// -1 where the program has no such uniform, or does not use it.
  func uniformLocation(_ program: UInt32, _ name: String) -> Int32
  func setUniform(_ location: Int32, _ value: UniformValue)
  /// Draws `vertexCount` vertices without attributes: 3 as a triangle, 4 as a strip.
  func draw(vertexCount: Int32)

  /// Reads all pixels of a framebuffer, and waits for them. Rows lie `rowLength` pixels apart in
  /// memory; `topFirst` reverses them, where `capabilities.packReverse` is there.
  func readPixels(
    _ framebuffer: UInt32, _ extent: Extent, _ format: PixelFormat, rowLength: Int32,
    topFirst: Bool, into pixels: UnsafeMutableRawBufferPointer)

  /// A fence after everything given so far; nil when the context is lost.
  func insertFence() -> UInt?
  func fenceState(_ fence: UInt) -> FenceState
  /// Waits for the GPU to come past a fence, or for `patience`. The corresponding C function is
  /// `glClientWaitSync`.
  func wait(for fence: UInt, atMost patience: Duration)
  func deleteFence(_ fence: UInt)
  /// A descriptor that becomes readable when the GPU has come past everything given so far, for the
  /// taker to close; nil where the driver has none. The corresponding C function is
  /// `eglDupNativeFenceFDANDROID`.
  func exportFence() -> Int32?

  /// An image of memory that others made. It keeps the memory, and no descriptor. The
  /// corresponding C function is `eglCreateImageKHR`.
  func createImage(_ layout: ImageLayout) -> ImageOutcome
  /// Textures of the image stay.
  func destroyImage(_ image: UInt)
  /// A texture whose pixels are the image's. GL reports an error where the driver has the image as
  /// an external texture only. Deleted as any other.
  func createTexture(from image: UInt, isExternal: Bool) -> UInt32
  func bindExternal(_ name: UInt32, unit: Int32)
  /// A texture's memory as DMA-BUFs.
  /// - Throws: `dmabuf` with the driver's reason.
  func exportTexture(_ name: UInt32) throws(ZCError) -> ExportedTexture
}

/// How far the GPU is with a fence.
package enum FenceState: Hashable, Sendable {
  case pending
  case signaled
  /// The driver could not say: never to be taken for finished.
  case failed
}

/// What became of a program.
package enum ProgramOutcome: Sendable {
  case built(UInt32)
  /// A stage did not compile; the driver's log.
  case vertexRefused(log: String)
  case fragmentRefused(log: String)
  case linkRefused(log: String)
}

extension GLDriver {
  /// Replaces all pixels, packed, bottom row first.
  package func uploadTexture(
    _ name: UInt32, _ extent: Extent, _ format: PixelFormat, _ pixels: UnsafeRawBufferPointer
  ) {
    unsafe uploadTexture(name, extent, format, rowLength: 0, pixels)
  }
}
