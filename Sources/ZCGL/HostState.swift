import CGLES

/// A host's GL state while we draw in its context.
struct HostState {
  /// One value for each row of the table.
  private var values: [GLSetting.Value]
  /// The texture units that were used, each as it was.
  private var units: [UnitBinding] = []
  /// The external textures of the units where one of ours was bound.
  private var externals: [Int32: UInt32] = [:]
  /// The errors that were pending, in GL's order.
  var errors: [UInt32] = []

  /// Reads everything; changes nothing.
  init(_ rows: [GLStateRow], _ calls: GLStateCalls) {
    values = rows.map { calls.read($0.setting) }
  }

  /// Sets what our drawing relies on.
  func setOurs(_ rows: [GLStateRow], _ calls: GLStateCalls) {
    for (row, value) in zip(rows, values) {
      if let ours = row.ours, ours != value { calls.write(row.setting, ours) }
    }
  }

  /// Puts everything back, but for the errors.
  func restore(_ rows: [GLStateRow], _ calls: GLStateCalls) {
    for (unit, texture) in externals { calls.bindExternal(texture, to: unit) }
    for binding in units { calls.bind(binding) }
    for (row, value) in zip(rows, values).reversed() where row.ours != value {
      calls.write(row.setting, value)
    }
  }

  /// Keeps a texture unit that is about to be used, and takes its sampler away.
  mutating func keep(_ unit: Int32, _ calls: GLStateCalls) {
    guard !units.contains(where: { $0.unit == unit }) else { return }
    let binding = calls.binding(of: unit)
    units.append(binding)
    if binding.sampler != 0 { calls.bindSampler(GLuint(bitPattern: unit), 0) }
  }

  /// Keeps a unit's external texture, where there are such.
  mutating func keepExternal(_ unit: Int32, _ calls: GLStateCalls) {
    if externals[unit] == nil { externals[unit] = calls.external(of: unit) }
  }

  /// From now on GL's initial values are what is put back.
  mutating func reset(_ rows: [GLStateRow], _ calls: GLStateCalls) {
    for (index, row) in rows.enumerated() {
      if let initial = row.initial { values[index] = initial }
    }
    units = (0..<calls.unitCount).map { UnitBinding(unit: $0) }
    // The rows speak of the first draw buffer; these calls are for all of them.
    calls.disable(GLenum(GL_BLEND))
    calls.colorMask(1, 1, 1, 1)
  }
}
