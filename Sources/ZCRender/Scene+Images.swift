package import ZCContext
import ZCCore
import ZCISF

extension Scene {
  /// The frames that image inputs hold now, with the inputs' names.
  package var images: [(name: String, frame: Frame)] {
    zip(description.inputs, values.withLock { $0 }).compactMap { input, value in
      if case .image(let frame?) = value { (input.name, frame) } else { nil }
    }
  }
}
