package import ZCCore
import ZCPipeline

extension Pipeline {
  /// A renderer that a pipeline drew with, which it does not keep.
  struct WeakRenderer: Sendable {
    weak var renderer: Renderer?
  }

  /// What became of frames that were to be drawn.
  struct Draws: Hashable, Sendable {
    var drawn = 0
    /// Their context began anew in the middle.
    var dropped = 0
    var failed = 0
    /// Those drawn that were converted on the CPU, since the GPU would not.
    var fallbacks = 0

    mutating func note(_ drawing: Result<Bool, ZCError>) {
      switch drawing {
      case .success(let isFallback):
        drawn &+= 1
        if isFallback { fallbacks &+= 1 }
      case .failure(.staleGeneration): dropped &+= 1
      case .failure: failed &+= 1
      }
    }

    var report: JSONText {
      .object([
        ("drawn", .integer(drawn)), ("dropped", .integer(dropped)), ("failed", .integer(failed)),
        ("fallbacks", .integer(fallbacks)),
      ])
    }
  }

  /// Draws the frame that is to be seen at `now`. A frame that cannot be drawn any more is dropped.
  /// - Returns: what was drawn; nil before the first frame, and where it was dropped.
  /// - Throws: as ``Renderer/draw(_:_:)-(VideoFrame,_)``. The frame stays, and may be drawn again.
  package func draw(
    at now: Double, with renderer: Renderer, _ request: Renderer.Request
  ) throws(ZCError) -> Showing? {
    guard let showing = try frame(at: now) else { return nil }
    try change { (work) throws(ZCError) in work.remember(renderer) }
    let drawing = Result { () throws(ZCError) in try renderer.draw(showing.frame, request) }
    note(drawing)
    if case .failure(.staleGeneration) = drawing { return nil }
    _ = try drawing.get()
    return showing
  }
}

extension Pipeline.Work {
  fileprivate mutating func remember(_ renderer: Renderer) {
    renderers.removeAll { $0.renderer == nil }
    if !renderers.contains(where: { $0.renderer === renderer }) {
      renderers.append(Pipeline.WeakRenderer(renderer: renderer))
    }
  }
}
