import ZCColor
import ZCContext
package import ZCCore

extension Renderer {
  /// Draws a decoded frame: upright, in its colours, in the shape of its samples. It is held in the
  /// role `renderer` while the call lasts; where its own memory is drawn from, by the GPU until the
  /// fence behind that. Drawn again it is neither imported nor uploaded again.
  ///
  /// Where the GPU cannot bring it in or draw it, the same frame is converted on the CPU and drawn.
  /// - Returns: whether it was.
  /// - Throws: `forked`, `media` where its device fails, and as for a ``Frame``.
  @discardableResult
  package func draw(_ frame: VideoFrame, _ request: Request) throws(ZCError) -> Bool {
    try counted { () throws(ZCError) in
      let held = frame.share(as: .renderer)
      var request = request
      request.sampleAspect = request.sampleAspect ?? held.uprightAspect
      let drawing = Result { () throws(ZCError) in try record(picture(of: held), request) }
      guard case .failure(let error) = drawing, error.isOfDriver else {
        try drawing.get()
        return false
      }
      drawn.forget()
      let converted = try held.fallback(in: context, since: error)
      try record(converted, request)
      drawn.keep(converted, of: held)
      return true
    }
  }

  private func picture(of frame: VideoFrame) throws(ZCError) -> Frame {
    if let kept = drawn.picture(of: frame) { return kept }
    let picture = try frame.rgb(in: context)
    drawn.keep(picture, of: frame)
    return picture
  }

  /// Lets go of what it keeps of decoded frames. What the GPU reads still goes behind a fence: at
  /// once where the host's context is current on this thread, otherwise in its next turn. Waits for
  /// nobody.
  package func retire() {
    drawn.forget()
    context.settleHere()
  }
}

extension VideoFrame {
  /// How many times as wide as high a sample is once it is turned upright; 1 where nobody says.
  var uprightAspect: Double {
    let aspect = facts.sampleAspect
    guard aspect.isKnown else { return 1 }
    let ratio = Double(aspect.numerator) / Double(aspect.denominator)
    return facts.orientation.swapsSides ? 1 / ratio : ratio
  }
}

extension ZCError {
  /// The GPU, or its driver, would not: another way may work.
  fileprivate var isOfDriver: Bool {
    switch self {
    case .gl, .dmabuf: true
    default: false
    }
  }
}
