package import ZCCore

/// Finds a driver: every display in order, every version in order, the first that works.
package struct DriverSearch: Sendable {
  package let wish: ContextVersion.Wish
  /// Only this EGL device; nil tries everything there is.
  package let device: Int?
  package let highest: (major: Int32, minor: Int32)?

  package init(
    wish: ContextVersion.Wish = .auto, device: Int? = nil,
    highest: (major: Int32, minor: Int32)? = nil
  ) {
    self.wish = wish
    self.device = device
    self.highest = highest
  }

  /// What became of one display.
  package struct Attempt: Sendable {
    package let candidate: DisplayCandidate
    package let outcome: Result<EGLDriver, ZCError>
  }

  /// - Throws: `noDisplay` with a line for each display tried; `forked` where a fork left none.
  package func find() throws(ZCError) -> EGLDriver {
    try Work.load { () throws(ZCError) in try first() }
  }

  private func first() throws(ZCError) -> EGLDriver {
    DriverWork.begin()
    defer { DriverWork.end() }
    var reasons: [String] = []
    for candidate in try candidates() {
      let attempt = attempt(candidate)
      switch attempt.outcome {
      case .success(let driver): return driver
      case .failure(let error): reasons.append("  \(candidate): \(error)")
      }
    }
    guard try !EGLLibrary.shared.get().isFromBeforeFork else {
      throw OpenedDisplays.refusal(
        "no display is left for it:\n" + reasons.joined(separator: "\n") + "\n  ")
    }
    throw .noDisplay(
      "no display can make \(wanted)\n" + reasons.joined(separator: "\n")
        + "\n  run `zcgpu doctor` for the whole story")
  }

  /// Tries every display, whatever the earlier ones gave.
  package func survey() throws(ZCError) -> [Attempt] {
    try Work.load { () throws(ZCError) in
      DriverWork.begin()
      defer { DriverWork.end() }
      return try candidates().map { attempt($0) }
    }
  }

  private func candidates() throws(ZCError) -> [DisplayCandidate] {
    let library = try EGLLibrary.shared.get()
    OpenedDisplays.watchForks
    try OpenedDisplays.checkProcess(library)
    guard !GLXHost.isCurrent else { throw GLXHost.refusalBeside }
    let devices = library.deviceCandidates()
    guard let device else { return DisplayCandidate.ladder(devices: devices) }
    guard devices.indices.contains(device) else {
      throw .noDisplay(
        devices.isEmpty
          ? "device=\(device) was asked for, but this EGL lists no devices"
          : "device=\(device) was asked for, but this EGL lists \(devices.count) "
            + "(0 to \(devices.count - 1)): "
            + devices.map(\.description).joined(separator: ", "))
    }
    return [devices[device]]
  }

  private func attempt(_ candidate: DisplayCandidate) -> Attempt {
    Attempt(
      candidate: candidate,
      outcome: Result { () throws(ZCError) in
        let display = try Display.open(candidate, in: try EGLLibrary.shared.get())
        return try driver(on: display)
      })
  }

  private func driver(on display: Display) throws(ZCError) -> EGLDriver {
    var reasons: [String] = []
    for version in ContextVersion.ladder(wish, highest: highest) {
      switch Result(catching: { () throws(ZCError) in try EGLDriver.open(version, on: display) }) {
      case .success(let driver): return driver
      case .failure(let error): reasons.append(error.description)
      }
    }
    throw .noDisplay(reasons.isEmpty ? "no version fits" : reasons.joined(separator: "; "))
  }

  private var wanted: String {
    let versions = ContextVersion.ladder(wish, highest: highest).map(\.description)
    return versions.isEmpty ? "so low a version" : versions.joined(separator: " or ")
  }
}
