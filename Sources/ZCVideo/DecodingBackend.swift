/// Who decodes a stream, and why.
package struct DecodingBackend: Hashable, Sendable {
  /// A render node, or an X display, whose device decodes; nil: the CPU does.
  package private(set) var device: String?
  /// Why the CPU does.
  package private(set) var reason: String?
  /// The CPU may take over where the device cannot.
  let isOptional: Bool
  /// How many pictures in the device's memory may be held at once.
  let surfaces: Int

  /// The CPU.
  init(because reason: String?) {
    device = nil
    self.reason = reason
    isOptional = true
    surfaces = 0
  }

  /// A device.
  init(device: String, isOptional: Bool, surfaces: Int) {
    self.device = device
    self.isOptional = isOptional
    self.surfaces = surfaces
  }

  /// The CPU takes over.
  mutating func leaveDevice(because reason: String) {
    device = nil
    self.reason = reason
  }

  /// The same without a device, for a look at a file that nobody sees.
  var onCPU: DecodingBackend { DecodingBackend(because: reason) }

  package var name: String { device == nil ? "software" : "vaapi" }

  /// In words.
  package var explanation: String {
    if let device { return "vaapi: \(device) decodes" }
    return "software: the CPU decodes" + (reason.map { ", since \($0)" } ?? "")
  }
}
