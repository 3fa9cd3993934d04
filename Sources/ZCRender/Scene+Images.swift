package import ZCContext
import ZCCore
import ZCISF

extension Scene {
  /// The frames that image inputs and imports hold now, with their names.
  package var images: [(name: String, frame: Frame)] {
    let held = values.withLock { $0 }
    return zip(held.edition.description.inputs, held.values).compactMap { input, value in
      if case .image(let frame?) = value { (input.name, frame) } else { nil }
    }
      + zip(held.edition.description.imports, held.edition.imports.withLock { $0 }).compactMap {
        entry, picture in
        picture.map { (entry.name, $0.frame) }
      }
  }
}
