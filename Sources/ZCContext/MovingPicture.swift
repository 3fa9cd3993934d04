package import ZCCore

/// A picture that is another one at another time: a video, say.
///
/// Thread-safety: any thread may ask, several at once.
package protocol MovingPicture: AnyObject, Sendable {
  /// What it shows at a time, in seconds, as a picture in `context`. Blocks: may decode, and takes a
  /// turn of the context; never to be called in one.
  func frame(at seconds: Double, in context: GPUContext) throws(ZCError) -> Frame
}
