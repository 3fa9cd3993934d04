package import ZCContext

/// One frame that a caller asks for.
package struct RenderRequest: Sendable {
  package var width: Int64
  package var height: Int64
  /// TIME, in seconds.
  package var time: Double
  /// TIMEDELTA, in seconds; nil is the step from the previous frame's time.
  package var timeDelta: Double?
  /// FRAMEINDEX; nil counts from 0.
  package var frameIndex: Int64?
  /// DATE as year, month, day, seconds of the day; nil is now, local time.
  package var date: SIMD4<Double>?
  /// Inputs for this frame only.
  package var inputs: [Offer]
  /// Where the frame comes from; nil is the context's own pool.
  package var pool: Pool?

  package init(
    width: Int64, height: Int64, time: Double = 0, timeDelta: Double? = nil,
    frameIndex: Int64? = nil, date: SIMD4<Double>? = nil,
    inputs: [Offer] = []
  ) {
    self.width = width
    self.height = height
    self.time = time
    self.timeDelta = timeDelta
    self.frameIndex = frameIndex
    self.date = date
    self.inputs = inputs
  }
}
