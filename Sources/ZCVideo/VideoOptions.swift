package import ZCCore

/// How a video is to be opened.
package struct VideoOptions: Sendable {
  /// Who decodes.
  package enum Backend: String, Sendable {
    case automatic = "auto"
    case software, vaapi
  }

  package let backend: Backend
  /// A render node, or an X display, for `vaapi`.
  package let device: String?
  /// How many frames of a device's memory may be held at once.
  package let leaseBudget: Int
  /// 0: as many as FFmpeg thinks fit.
  package let threads: Int

  /// - Throws: `invalidArgument`.
  package init(
    backend: Backend = .automatic, device: String? = nil, leaseBudget: Int = 8, threads: Int = 0
  ) throws(ZCError) {
    guard (0...64).contains(threads) else {
      throw .invalidArgument("threads are 1 to 64, or 0 for as many as fit, not \(threads)")
    }
    guard (1...64).contains(leaseBudget) else {
      throw .invalidArgument("a lease budget is 1 to 64 frames, not \(leaseBudget)")
    }
    self.backend = backend
    self.device = device
    self.leaseBudget = leaseBudget
    self.threads = threads
  }
}
