package import ZCCore

/// What this machine offers: every display tried, for `zcgpu doctor`.
package enum PlatformReport {
  /// Tries everything, and closes again what it opened.
  package static func survey() -> JSONText {
    let library = Settings.environment.eglLibrary
    let found = Result { () throws(ZCError) in try DriverSearch().survey() }
    switch found {
    case .failure(let error):
      return .object([
        ("egl_library", .string(library)), ("error", .string(error.description)),
        ("displays", .array([])),
      ])
    case .success(let attempts):
      defer { for attempt in attempts { attempt.close() } }
      let used = attempts.firstIndex { if case .success = $0.outcome { true } else { false } }
      return .object([
        ("egl_library", .string(library)), ("error", .null),
        (
          "displays",
          .array(attempts.enumerated().map { $1.report(isUsed: $0 == used) })
        ),
      ])
    }
  }
}

extension DriverSearch.Attempt {
  fileprivate func close() {
    if case .success(let driver) = outcome { driver.destroyContext() }
  }

  fileprivate func report(isUsed: Bool) -> JSONText {
    var members: [(String, JSONText)] = [("display", .string(candidate.description))]
    switch outcome {
    case .success(let driver):
      members += [
        ("works", .bool(true)), ("used", .bool(isUsed)),
        ("context", driver.capabilities.report),
      ]
    case .failure(let error):
      members += [
        ("works", .bool(false)), ("used", .bool(false)), ("why", .string(error.description)),
      ]
    }
    return .object(members)
  }
}
