/// One way to reach a driver without a screen.
package enum DisplayCandidate: Hashable, Sendable, CustomStringConvertible {
  /// An EGL device, by its index in the driver's list.
  case device(index: Int, isSoftware: Bool, node: String?)
  /// Mesa's surfaceless platform.
  case surfaceless
  /// Whatever EGL calls the default: X11, Wayland, or the only one there is.
  case standard

  package var description: String {
    switch self {
    case .device(let index, let isSoftware, let node):
      "EGL device \(index)\(isSoftware ? " (software)" : node.map { " (\($0))" } ?? "")"
    case .surfaceless: "surfaceless platform"
    case .standard: "default display"
    }
  }

  /// The order in which to try: devices, then surfaceless, then the default, and of the devices
  /// hardware before software.
  package static func ladder(devices: [DisplayCandidate]) -> [DisplayCandidate] {
    devices.filter { !$0.isSoftwareDevice } + devices.filter(\.isSoftwareDevice)
      + [.surfaceless, .standard]
  }

  private var isSoftwareDevice: Bool {
    guard case .device(_, let isSoftware, _) = self else { return false }
    return isSoftware
  }
}
