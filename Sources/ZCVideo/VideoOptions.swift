package import ZCCore
package import ZCPipeline

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
  /// The device of the context that frames are for.
  package let contextDevice: ContextDevice
  /// How many frames of a device's memory may be held at once.
  package let leaseBudget: Int
  /// 0: as many as FFmpeg thinks fit.
  package let threads: Int
  /// Whether frames may be copied on their way to the GPU.
  package let zeroCopy: ZeroCopyState.Mode
  /// Pictures that are partly made up are handed out, and say so.
  package let showsDamage: Bool

  /// - Throws: `invalidArgument`.
  package init(
    backend: Backend = .automatic, device: String? = nil, leaseBudget: Int = 8, threads: Int = 0,
    contextDevice: ContextDevice = .none("no context was given to open_video"),
    zeroCopy: ZeroCopyState.Mode = .automatic, showsDamage: Bool = false
  ) throws(ZCError) {
    guard zeroCopy != .required || backend != .software else {
      throw .invalidArgument(
        "zero_copy=\"require\" wants a device that decodes; backend=\"software\" is the CPU")
    }
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
    self.contextDevice = contextDevice
    self.zeroCopy = zeroCopy
    self.showsDamage = showsDamage
  }

  /// What is known of the device that draws.
  package enum ContextDevice: Sendable {
    /// Its render node.
    case node(String)
    /// Why there is none to decode on.
    case none(String)
  }

  /// Who is to decode.
  /// - Throws: `media` for a device that must be and is not there; `dmabuf` for frames that must not
  ///   be copied and would be.
  func decoding() throws(ZCError) -> DecodingBackend {
    switch backend {
    case .software: return DecodingBackend(because: "backend=\"software\" asks for it")
    case .automatic:
      if let device { return on(device) }
      switch contextDevice {
      case .node(let node): return on(node)
      case .none(let reason):
        guard zeroCopy != .required else { throw .noCopy("software decoding: \(reason)") }
        return DecodingBackend(because: reason)
      }
    case .vaapi:
      if let device { return on(device) }
      if case .node(let node) = contextDevice { return on(node) }
      let nodes = Folder.names(in: "/dev/dri").filter { $0.hasPrefix("renderD") }
      guard let first = nodes.min() else {
        throw .media(
          "backend=\"vaapi\" cannot be had: there is no render node in /dev/dri; name a device")
      }
      return on("/dev/dri/\(first)")
    }
  }

  private func on(_ device: String) -> DecodingBackend {
    DecodingBackend(
      device: device, isOptional: backend == .automatic && zeroCopy != .required,
      surfaces: leaseBudget)
  }
}
