import ZCISF

/// The values of a scene's inputs, with the edition that says what the inputs are.
struct SceneValues: Sendable {
  private(set) var edition: Edition
  private(set) var values: [InputValue]
  /// For `float` inputs: what a number may be. Beside the values, where setting one finds it soonest.
  private let bounds: [ClosedRange<Double>?]
  /// The edition's.
  private let number: UInt32
  /// Which of them somebody set: the others are at their defaults, and follow them.
  private var areSet: [Bool]

  /// All at their defaults.
  init(_ edition: Edition) {
    self.edition = edition
    values = edition.description.inputs.map(\.initialValue)
    areSet = values.map { _ in false }
    bounds = edition.slots.map(\.bounds)
    number = edition.number
  }

  /// The values that `old` had, as far as they were set and fit the new declarations.
  init(_ edition: Edition, keeping old: SceneValues) {
    self.init(edition)
    for (index, slot) in edition.slots.enumerated() {
      let declaration = slot.declaration
      guard let before = old.edition.index(named: declaration.name), old.areSet[before],
        declaration.fits(old.values[before], of: old.edition.slots[before].declaration)
      else { continue }
      values[index] = old.values[before]
      areSet[index] = true
    }
  }

  /// Gives what was there, to be dropped after the lock.
  mutating func set(_ index: Int, to value: InputValue, isDefault: Bool) -> InputValue {
    let old = values[index]
    values[index] = value
    areSet[index] = !isDefault
    return old
  }

  /// The short way of a number that lies within the bounds of a `float` input of an edition, 0 for
  /// any. False where this is none.
  mutating func setNumber(_ index: Int, to real: Double, edition: UInt32) -> Bool {
    guard edition == 0 || edition == number, bounds.indices.contains(index),
      let range = bounds[index], range.contains(real)
    else { return false }
    values[index] = .float(real)
    areSet[index] = true
    return true
  }

  /// The values for a frame: events are taken out, they are true for it alone.
  mutating func take() -> [InputValue] {
    let taken = values
    for index in edition.events { values[index] = .event(false) }
    return taken
  }

  /// The frame failed: its events are still to come, also where the scene was reloaded meanwhile.
  mutating func giveBackEvents(_ taken: [InputValue], of before: Edition) {
    for index in before.events {
      guard case .event(true)? = taken[safe: index] else { continue }
      let now =
        before === edition
        ? index : edition.index(named: before.slots[index].declaration.name)
      guard let now, case .event = edition.slots[now].declaration.kind else { continue }
      values[now] = .event(true)
      areSet[now] = true
    }
  }
}
